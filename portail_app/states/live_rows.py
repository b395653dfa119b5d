"""Which open pages show which rows: each is woken when the database says that one of them changed, and reads it again
itself.

What is told is only that something changed. Each tab then reads in the name of its own viewer, so that what it may not
see (an internal note, a neighbour's document) cannot reach its page by this way.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from portail_app.gateways.bulletin import Bulletin
from portail_app.states.broadcast import Broadcast

RECHECK_SECONDS = 30.0  # whether the tab is still there


class LiveRows:
    """Those that one channel of the database's notifications names by number."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._ears: dict[int, set[asyncio.Event]] = {}
        self._broadcast: Broadcast | None = None

    def follow(self, bulletin: Bulletin) -> None:
        bulletin.listen(self._channel, self._tell)

    def serve(self, broadcast: Broadcast | None) -> None:
        self._broadcast = broadcast

    async def changes(self, row_ids: Iterable[int], tab: str) -> AsyncIterator[None]:
        """Turns each time that one of the rows has changed, at once the first time, until the tab is closed."""
        ear, rows = asyncio.Event(), tuple(row_ids)
        ear.set()
        for row_id in rows:
            self._ears.setdefault(row_id, set()).add(ear)
        try:
            while self._broadcast is not None and self._broadcast.is_open(tab):
                if await _is_rung(ear):
                    ear.clear()
                    yield
        finally:
            for row_id in rows:
                self._forget(row_id, ear)

    def _forget(self, row_id: int, ear: asyncio.Event) -> None:
        self._ears[row_id].discard(ear)
        if not self._ears[row_id]:
            del self._ears[row_id]

    def _tell(self, row_id: str) -> None:
        """An empty payload is "anything may have changed"."""
        told = [self._ears.get(int(row_id), set())] if row_id else list(self._ears.values())
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
live_trees = LiveRows("document_changed")
"""By subscriber."""
LIVE_ROWS = (live_requests, live_trees)


@asynccontextmanager
async def serving_live_rows(broadcast: Broadcast) -> AsyncIterator[None]:
    for rows in LIVE_ROWS:
        rows.serve(broadcast)
    try:
        yield
    finally:
        for rows in LIVE_ROWS:
            rows.serve(None)
