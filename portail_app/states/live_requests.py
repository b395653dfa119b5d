"""Which open pages show which requests: each is woken when the database says that one changed, and reads it again.

What is told is only that something changed. Each tab then reads in the name of its own viewer, so that an internal note
cannot reach a subscriber's page by this way.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
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


def room_of(request_id: int | None) -> frozenset[str]:
    """For the page of one request."""
    return frozenset({f"request:{request_id or 0}"})


def rooms_of(viewer: Viewer) -> frozenset[str]:
    """For a list: of the utilities that the viewer works for, else of their own subscribers."""
    if viewer.is_staff:
        return frozenset(f"utility:{utility_id}" for utility_id in viewer.staffed_utility_ids)
    return frozenset(f"subscriber:{subscriber_id}" for subscriber_id in viewer.subscriber_ids)


class LiveRequests:
    def __init__(self) -> None:
        self._ears: dict[str, set[asyncio.Event]] = {}
        self._broadcast: Broadcast | None = None

    def follow(self, bulletin: Bulletin) -> None:
        bulletin.listen("request_changed", lambda request_id: self._tell(f"request:{request_id}" if request_id else ""))
        bulletin.listen("request_listed", self._tell)

    @asynccontextmanager
    async def running(self, broadcast: Broadcast) -> AsyncIterator[None]:
        self._broadcast = broadcast
        try:
            yield
        finally:
            self._broadcast = None

    async def changes(self, rooms: Collection[str], tab: str) -> AsyncIterator[None]:
        """Turns each time that something in those rooms changed, at once the first time, until the tab is closed."""
        ear = asyncio.Event()
        ear.set()
        for room in rooms:
            self._ears.setdefault(room, set()).add(ear)
        try:
            while self._broadcast is not None and self._broadcast.is_open(tab):
                if await _is_rung(ear):
                    ear.clear()
                    yield
        finally:
            for room in rooms:
                self._forget(room, ear)

    def _forget(self, room: str, ear: asyncio.Event) -> None:
        self._ears[room].discard(ear)
        if not self._ears[room]:
            del self._ears[room]

    def _tell(self, rooms: str) -> None:
        """An empty payload is "anything may have changed"."""
        told = [self._ears.get(room, set()) for room in rooms.split()] if rooms else list(self._ears.values())
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


class FollowsRequests(rx.State, mixin=True):
    """For the state of a page that shows a request or a list of them: `_asked` says which, from its URL, and `_show`
    assigns what was read of it."""

    async def _follow(
        self, rooms: Collection[str], access: Access, read: Callable[[Viewer, str], Awaitable[Any]]
    ) -> None:
        """In a watch: reads it again at each change, until the tab shows another or is closed."""
        asked = self._asked()
        async for _ in live_requests.changes(rooms, self.router.session.session_id):
            with suppress(Unavailable):
                found = await read(await readmit(self, access), asked)
                async with self:
                    if self._asked() != asked:
                        return
                    self._show(found)

    def _asked(self) -> str:
        """The number that ends the URL, unless said otherwise."""
        return read_last(self.router.url.path)

    def _show(self, found: Any) -> None:
        raise NotImplementedError


class FollowsList(FollowsRequests, mixin=True):
    """For a list, which is its whole URL: another page of it is another list."""

    def _asked(self) -> str:
        url = self.router.url
        return f"{url.path.rstrip('/')}?{url.query}"
