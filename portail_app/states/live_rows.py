"""Which open pages show which rows: each is woken when the database says that one changed, and reads it again itself.

What is told is only that something changed. Each tab then reads in the name of its own viewer, so that an internal note
cannot reach a subscriber's page by this way.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

import reflex as rx

from portail_app.errors import Unavailable
from portail_app.gateways.bulletin import Bulletin
from portail_app.states.access import Access, readmit
from portail_app.states.broadcast import Broadcast
from portail_app.viewer import Viewer

Found = TypeVar("Found")
RECHECK_SECONDS = 30.0  # whether the tab is still there


class LiveRows:
    """`channel` is the database's; what it says names a subject, and tabs follow one or more of them."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._ears: dict[str, set[asyncio.Event]] = {}
        self._broadcast: Broadcast | None = None

    def follow(self, bulletin: Bulletin) -> None:
        bulletin.listen(self._channel, self._tell)

    @asynccontextmanager
    async def running(self, broadcast: Broadcast) -> AsyncIterator[None]:
        self._broadcast = broadcast
        try:
            yield
        finally:
            self._broadcast = None

    async def read_again(
        self, state: rx.State, subjects: Collection[str], access: Access, read: Callable[[Viewer], Awaitable[Found]]
    ) -> AsyncIterator[Found]:
        """In a watch of that state: what `read` finds for whoever the tab's viewer is then, at each change. What the
        database cannot answer just now, the next change brings."""
        async for _ in self.changes(state.router.session.session_id, subjects):
            try:
                found = await read(await readmit(state, access))
            except Unavailable:
                continue
            yield found

    async def changes(self, tab: str, subjects: Collection[str]) -> AsyncIterator[None]:
        """Turns each time that one of them has changed, at once the first time, until the tab is closed."""
        ear = asyncio.Event()
        ear.set()
        for subject in subjects:
            self._ears.setdefault(subject, set()).add(ear)
        try:
            while self._broadcast is not None and self._broadcast.is_open(tab):
                if await _is_rung(ear):
                    ear.clear()
                    yield
        finally:
            for subject in subjects:
                self._forget(subject, ear)

    def _forget(self, subject: str, ear: asyncio.Event) -> None:
        self._ears[subject].discard(ear)
        if not self._ears[subject]:
            del self._ears[subject]

    def _tell(self, subject: str) -> None:
        """An empty payload is "anything may have changed"."""
        told = [self._ears.get(subject, set())] if subject else list(self._ears.values())
        for ears in told:
            for ear in ears:
                ear.set()


async def _is_rung(ear: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(ear.wait(), RECHECK_SECONDS)
    except TimeoutError:
        return False
    return True


live_requests = LiveRows("request_changed")
live_request_lists = LiveRows("request_listed")
live_readings = LiveRows("reading_changed")
live_trees = LiveRows("document_changed")  # by subscriber
live_leaks = LiveRows("leak_changed")  # by contract
LIVE_ROWS = (live_requests, live_request_lists, live_readings, live_trees, live_leaks)


@asynccontextmanager
async def live_rows_running(broadcast: Broadcast) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for rows in LIVE_ROWS:
            await stack.enter_async_context(rows.running(broadcast))
        yield
