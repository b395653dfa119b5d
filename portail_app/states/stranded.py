"""Pages that could not load because the database was away: once it is back they load, and nobody has to ask."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import reflex as rx

from portail_app.gateways.bulletin import Bulletin

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds: a database that is there and answers nothing is not hurried
log = logging.getLogger(__name__)

LoadAgain = Callable[[str, str], Awaitable[None]]


class Stranded:
    """The tabs of this worker that wait, and where each one is."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._somebody = asyncio.Event()

    def note(self, state: rx.State) -> None:
        """A loader of the tab's page has failed."""
        url = state.router.url
        self._places[state.router.session.session_id] = f"{url.path}?{url.query}" if url.query else url.path
        self._somebody.set()

    def forget(self, tab: str) -> None:
        """It has gone elsewhere, where it loads by itself."""
        self._places.pop(tab, None)

    @asynccontextmanager
    async def running(self, bulletin: Bulletin, load_again: LoadAgain) -> AsyncIterator[None]:
        task = asyncio.create_task(self._bring_back(bulletin, load_again), name="stranded pages")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _bring_back(self, bulletin: Bulletin, load_again: LoadAgain) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await asyncio.wait_for(self._somebody.wait(), LONGEST_PAUSE)
            except TimeoutError:
                pause = FIRST_PAUSE
                continue
            await asyncio.sleep(pause)
            if bulletin.is_heard:
                pause = min(2 * pause, LONGEST_PAUSE)
                await self._load_all(load_again)

    async def _load_all(self, load_again: LoadAgain) -> None:
        places, self._places = self._places, {}
        self._somebody.clear()
        for tab, path in places.items():
            try:
                await load_again(tab, path)
            except Exception:
                log.exception("A page was not loaded again.")


stranded = Stranded()
