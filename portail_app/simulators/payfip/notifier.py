"""Sends the notifications that are due, in the background, as PayFiP does: a POST of `idop=` and nothing else."""

import asyncio
from datetime import datetime

import httpx

from portail_app.simulators.payfip.records import Notice
from portail_app.simulators.payfip.treasury import Treasury

TIMEOUT_SECONDS = 10
LONGEST_SLEEP_SECONDS = 3_600


class Notifier:
    """One task, alive only while a notice waits; `wake` starts it, or has it look again (the clock has moved)."""

    def __init__(self, treasury: Treasury) -> None:
        self._treasury = treasury
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    def wake(self) -> None:
        self._changed.set()
        if self._task is None or self._task.done():
            self._changed = asyncio.Event()
            self._task = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        while waiting := [notice for notice in self._treasury.ledger.notices if notice.sent_at is None]:
            now = self._treasury.now
            due = [notice for notice in waiting if notice.due_at <= now]
            if due:
                await asyncio.gather(*(self._send(notice, now) for notice in due))
                self._treasury.save()
            else:
                await self._sleep((min(notice.due_at for notice in waiting) - now).total_seconds())

    async def _sleep(self, seconds: float) -> None:
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), min(seconds, LONGEST_SLEEP_SECONDS))
        except TimeoutError:
            return

    async def _send(self, notice: Notice, now: datetime) -> None:
        notice.sent_at = now
        try:
            async with (
                httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False) as http,
                http.stream("POST", notice.url, data={"idop": notice.idop}) as answer,
            ):
                notice.status = f"HTTP {answer.status_code}"
        except (httpx.HTTPError, httpx.InvalidURL) as broken:
            notice.status = f"échec : {type(broken).__name__}"
