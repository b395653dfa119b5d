"""Which open pages show which request: each is woken when the database says that it changed, and reads it again itself.

What is told is only that something changed. Each tab then reads in the name of its own viewer, so that an internal note
cannot reach a subscriber's page by this way.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import reflex as rx

from portail_app.errors import Unavailable
from portail_app.gateways.bulletin import Bulletin
from portail_app.states.access import Access, readmit
from portail_app.states.broadcast import Broadcast
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer

RECHECK_SECONDS = 30.0  # whether the tab is still there


class LiveRequests:
    def __init__(self) -> None:
        self._ears: dict[int, set[asyncio.Event]] = {}
        self._broadcast: Broadcast | None = None

    def follow(self, bulletin: Bulletin) -> None:
        bulletin.listen("request_changed", self._tell)

    @asynccontextmanager
    async def running(self, broadcast: Broadcast) -> AsyncIterator[None]:
        self._broadcast = broadcast
        try:
            yield
        finally:
            self._broadcast = None

    async def changes(self, request_id: int, tab: str) -> AsyncIterator[None]:
        """Turns each time that the request has changed, at once the first time, until the tab is closed."""
        ear = asyncio.Event()
        ear.set()
        self._ears.setdefault(request_id, set()).add(ear)
        try:
            while self._broadcast is not None and self._broadcast.is_open(tab):
                if await _is_rung(ear):
                    ear.clear()
                    yield
        finally:
            self._forget(request_id, ear)

    def _forget(self, request_id: int, ear: asyncio.Event) -> None:
        self._ears[request_id].discard(ear)
        if not self._ears[request_id]:
            del self._ears[request_id]

    def _tell(self, request_id: str) -> None:
        """An empty payload is "anything may have changed"."""
        told = [self._ears.get(int(request_id), set())] if request_id else list(self._ears.values())
        for ears in told:
            for ear in ears:
                ear.set()


async def _is_rung(ear: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(ear.wait(), RECHECK_SECONDS)
    except TimeoutError:
        return False
    return True


live_requests = LiveRequests()


class FollowsRequest(rx.State, mixin=True):
    """For the state of a page that shows one request: its number ends the URL, `_show` assigns what was read of it."""

    async def _follow(
        self, request_id: int | None, access: Access, read: Callable[[Viewer, str], Awaitable[Any]]
    ) -> None:
        """In a watch: reads it again at each change, until the tab shows another or is closed."""
        number = self._asked()
        async for _ in live_requests.changes(request_id or 0, self.router.session.session_id):
            with suppress(Unavailable):
                found = await read(await readmit(self, access), number)
                async with self:
                    if self._asked() != number:
                        return
                    self._show(found)

    def _asked(self) -> str:
        return read_last(self.router.url.path)

    def _show(self, found: Any) -> None:
        raise NotImplementedError
