"""Open pages whose person gains or loses a utility: from then on they hear what changes there, or no longer do."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from portail_app.gateways.bulletin import Bulletin
from portail_app.states.broadcast import Broadcast
from portail_app.states.live_site import LiveSite, account_room
from portail_app.states.viewers import viewers

RETRY_SECONDS = 1.0
log = logging.getLogger(__name__)


class Moves:
    """The accounts that the database says have changed (`viewer_changed`), whose pages are shown their site again."""

    def __init__(self, site: LiveSite) -> None:
        self._site = site
        self._accounts: set[str] = set()
        self._woken = asyncio.Event()

    def follow(self, bulletin: Bulletin) -> None:
        """After `Viewers`, which must have forgotten the account by then."""
        bulletin.listen("viewer_changed", self._mark)

    @asynccontextmanager
    async def running(self, broadcast: Broadcast) -> AsyncIterator[None]:
        task = asyncio.create_task(self._follow_all(broadcast), name="moves")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _mark(self, account_id: str) -> None:
        self._accounts.add(account_id)
        self._woken.set()

    async def _follow_all(self, broadcast: Broadcast) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            accounts, self._accounts = self._accounts, set()
            try:
                for tab in _tabs(broadcast, accounts):
                    await self._show_again(broadcast, tab)
            except Exception:
                log.exception("Open pages are not told whose they are; trying again.")
                self._accounts |= accounts
                self._woken.set()
                await asyncio.sleep(RETRY_SECONDS)

    async def _show_again(self, broadcast: Broadcast, tab: str) -> None:
        """Only where it matters: most changes of an account leave its utilities as they are."""
        headers = broadcast.headers(tab)
        if headers is None:
            return
        viewer = await viewers.find(headers.cookie)
        if not self._site.is_shown(tab, viewer, headers.host):
            await self._site.show(tab, viewer, headers.host)


def _tabs(broadcast: Broadcast, accounts: set[str]) -> list[str]:
    """Of those accounts; of all where anything may have changed."""
    if "" in accounts:
        return broadcast.tabs_in_rooms(account_room(""))
    return [tab for account in accounts for tab in broadcast.tabs_in(account_room(account))]
