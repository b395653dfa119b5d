"""What this worker's open pages show of their utilities, kept true by the database's notifications and by the clock."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from portail_app.database import transaction
from portail_app.gateways.bulletin import Bulletin
from portail_app.services.site import Site, UtilityFacts, Visitor, compose, read_facts
from portail_app.states.broadcast import ROOM, Broadcast
from portail_app.viewer import Viewer

RECHECK_SECONDS = 60.0
RETRY_SECONDS = 1.0
log = logging.getLogger(__name__)

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who are shown the same: the viewers of the same utilities, or the passers-by of one."""

    utility_ids: frozenset[int]
    is_public: bool = False

    @property
    def room(self) -> str:
        return f"{ROOM}{'public' if self.is_public else 'viewers'}:{','.join(map(str, sorted(self.utility_ids)))}"


def account_room(account_id: object) -> str:
    """The tabs of one account, to be found again when its utilities change."""
    return f"{ROOM}account:{account_id}"


class LiveSite:
    """The facts of every utility, read once, and read again when `site_changed` says so. While the database is not
    heard, each page that opens reads them afresh."""

    def __init__(self) -> None:
        self._facts: dict[int, UtilityFacts] = {}
        self._stale: set[int] | None = None  # None: all
        self._told: dict[Audience, Shown] = {}
        self._is_read = False
        self._bulletin: Bulletin | None = None
        self._broadcast: Broadcast | None = None
        self._reading = asyncio.Lock()
        self._woken = asyncio.Event()

    def follow(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        bulletin.listen("site_changed", self._mark)

    @asynccontextmanager
    async def running(self, broadcast: Broadcast) -> AsyncIterator[None]:
        self._broadcast = broadcast
        task = asyncio.create_task(self._keep_true(), name="live site")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._broadcast = None

    async def show(self, tab: str, viewer: Viewer, host: str) -> Shown:
        """Tell one tab what it shows, and from then on what changes. `host` names the utility to who is not signed in.

        No other task runs between composing and sending, so that a tab never keeps the older of two truths.
        """
        if not self._is_trusted():
            await self._read(everything=True)
        audience = self._audience(viewer, host)
        shown = self._shown(audience, datetime.now(UTC))
        visitor = Visitor(viewer.name or viewer.email, bool(viewer.ranks and viewer.subscriber_ids))
        own = {**shown, "viewer": visitor}
        if self._broadcast is not None and await self._broadcast.join(tab, *_rooms(audience, viewer)):
            self._told.setdefault(audience, shown)
            await self._broadcast.tell(tab, own)
        return own

    def is_shown(self, tab: str, viewer: Viewer, host: str) -> bool:
        """Whether the tab is among those who hear what this viewer is to hear."""
        return self._broadcast is not None and self._broadcast.is_in(tab, self._audience(viewer, host).room)

    async def _keep_true(self) -> None:
        while True:
            self._woken.clear()
            try:
                if self._stale is None or self._stale:
                    await self._read()
                told_at = datetime.now(UTC)
                await self._tell_what_changed(told_at)
            except Exception:
                log.exception("Open pages are not told what changed; trying again.")
                await asyncio.sleep(RETRY_SECONDS)
                continue
            await self._sleep_until_something_changes(told_at)

    async def _read(self, *, everything: bool = False) -> None:
        async with self._reading:
            if everything and self._is_trusted():
                return
            stale, self._stale = None if everything else self._stale, set()
            try:
                async with transaction(Viewer.system()) as session:
                    found = await read_facts(session, datetime.now(UTC), stale)
            except BaseException:
                self._stale = None
                raise
            kept = {} if stale is None else {key: facts for key, facts in self._facts.items() if key not in stale}
            self._facts = kept | found
            self._is_read = True

    async def _tell_what_changed(self, now: datetime) -> None:
        for audience in list(self._told):
            if self._broadcast is None or not self._broadcast.is_heard(audience.room):
                del self._told[audience]
                continue
            former, shown = self._told[audience], self._shown(audience, now)
            news = {name: value for name, value in shown.items() if value != former[name]}
            self._told[audience] = shown
            if news:
                await self._broadcast.tell(audience.room, news)

    async def _sleep_until_something_changes(self, told_at: datetime) -> None:
        """What was told was true then: a change that came since is not behind us. A timer may ring a little early."""
        now = datetime.now(UTC)
        ahead = [(at - now).total_seconds() for facts in self._facts.values() for at in facts.changes() if at > told_at]
        try:
            await asyncio.wait_for(self._woken.wait(), max(0.0, min([RECHECK_SECONDS, *ahead])))
        except TimeoutError:
            return

    def _mark(self, utility_id: str) -> None:
        if not utility_id:
            self._stale = None
        elif self._stale is not None:
            self._stale.add(int(utility_id))
        self._woken.set()

    def _is_trusted(self) -> bool:
        return self._is_read and self._bulletin is not None and self._bulletin.is_heard

    def _audience(self, viewer: Viewer, host: str) -> Audience:
        if viewer.utility_ids:
            return Audience(viewer.utility_ids)
        name = host.partition(":")[0].lower()
        own = frozenset(key for key, facts in self._facts.items() if facts.utility.host == name)
        only = frozenset(self._facts) if len(self._facts) == 1 else frozenset()
        return Audience(own or only, is_public=True)

    def _shown(self, audience: Audience, now: datetime) -> Shown:
        known = [self._facts[key] for key in audience.utility_ids if key in self._facts]
        site = compose(known, now, is_public=audience.is_public)
        return {field.name: getattr(site, field.name) for field in fields(Site)}


def _rooms(audience: Audience, viewer: Viewer) -> tuple[str, ...]:
    return (audience.room, account_room(viewer.account_id)) if viewer.is_signed_in else (audience.room,)


live_site = LiveSite()
