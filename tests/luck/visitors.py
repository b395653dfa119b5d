"""People who use the portal all the while: each thing they do is answered, normally or in words."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from portail_app.errors import Unavailable
from tests.cast import Person
from tests.live_tabs import Tab, tab

PATIENCE_SECONDS = 20  # nobody waits longer than this for an answer; a busy machine is given half of it
PAUSE_SECONDS = 0.05
NORMAL = ""
TOAST = re.compile(r'showToast\((\\".*?\\"),')

Act = Callable[[], Awaitable[str]]


@dataclass
class Diary:
    """When each thing was done, and what was said of it; nothing is said of what went well."""

    answers: list[tuple[float, str]] = field(default_factory=list)
    is_over: bool = False

    async def keep(self, act: Act) -> None:
        while not self.is_over:
            begun = time.monotonic()
            self.answers.append((begun, await asyncio.wait_for(act(), PATIENCE_SECONDS)))
            await asyncio.sleep(PAUSE_SECONDS)

    def said(self, since: float = 0.0) -> set[str]:
        return {words for begun, words in self.answers if begun >= since}


class Visitor:
    """One open page, used by one person."""

    def __init__(self, page: Tab, path: str) -> None:
        self.page = page
        self._path = path

    async def visit(self) -> str:
        """Go there again; the words of the toasts that came instead of, or beside, what was asked."""
        said = await self.page.visit(self._path, PATIENCE_SECONDS, lambda frames: _words(frames) != NORMAL)
        return _words(said)


@asynccontextmanager
async def visitor(portal: str, person: Person, path: str = "/factures") -> AsyncIterator[Visitor]:
    async with tab(portal, person.cookie, path) as page:
        yield Visitor(page, path)


class Downloader:
    """Somebody who downloads one file again and again."""

    def __init__(self, portal: str, person: Person, path: str) -> None:
        self._client = httpx.AsyncClient(base_url=f"http://{portal}", headers={"cookie": person.cookie}, timeout=None)
        self._path = path

    async def download(self) -> str:
        answer = await self._client.get(self._path)
        if answer.status_code == 200 and answer.content.startswith(b"%PDF-"):
            return NORMAL
        known = answer.status_code == 503 and Unavailable.sentence in answer.text and answer.headers["retry-after"]
        return Unavailable.sentence if known else f"{answer.status_code} {answer.text}"


def _words(frames: list[str]) -> str:
    """Of the last toast in them."""
    told = TOAST.findall("".join(frames))
    return json.loads(json.loads(f'"{told[-1]}"')) if told else NORMAL
