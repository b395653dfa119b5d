"""What other workers changed: PostgreSQL's NOTIFY, heard by each worker on one connection of its own."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import psycopg
from psycopg import sql

from portail_app.connections import network_parameters

RECONNECT_SECONDS = 1.0
log = logging.getLogger(__name__)

Listener = Callable[[str], None]


class Bulletin:
    """Calls each channel's listeners with the payload that came; an empty one means "anything may have changed"."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._listeners: dict[str, list[Listener]] = {}
        self.is_heard = False

    def listen(self, channel: str, listener: Listener) -> None:
        self._listeners.setdefault(channel, []).append(listener)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._hear_for_ever(), name="bulletin")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self.is_heard = False

    async def _hear_for_ever(self) -> None:
        while True:
            try:
                await self._hear()
            except (psycopg.Error, OSError) as trouble:
                log.warning("The database's notifications are not heard: %s", trouble)
            self.is_heard = False
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _hear(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, **network_parameters(self._url)
        ) as connection:
            for channel in self._listeners:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.is_heard = True
            for channel in self._listeners:
                self._tell(channel, "")
            async for heard in connection.notifies():
                self._tell(heard.channel, heard.payload)

    def _tell(self, channel: str, payload: str) -> None:
        for listener in self._listeners[channel]:
            listener(payload)
