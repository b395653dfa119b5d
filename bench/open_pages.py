"""Many open pages held by one process: raw websockets, which note when the words looked for arrive."""

import asyncio
import json
import time
from collections.abc import Awaitable, Sequence
from typing import Self
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect

BOOT = {
    "event": {
        "name": "reflex___state____state.hydrate_and_load",
        "payload": {},
        "router_data": {"pathname": "/", "asPath": "/", "query": {}},
    }
}
AT_ONCE = 20
PATIENCE_SECONDS = 60


class OpenPages:
    """`count` pages, spread over servers ("host:port") and over people's cookies; without cookies, bare sockets."""

    def __init__(self, servers: Sequence[str], count: int, cookies: Sequence[str] = ()) -> None:
        self._servers, self._count, self._cookies = servers, count, cookies
        self._sockets: list[ClientConnection] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._words = ""
        self._missing = 0
        self._seen_at = 0.0
        self._all_saw = asyncio.Event()
        self.last_seen = ""

    async def __aenter__(self) -> Self:
        turns = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._open(turns, number) for number in range(self._count)))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(socket.close() for socket in self._sockets))

    async def send(self, message: str) -> None:
        await self._sockets[0].send(message)

    async def time_until_all_see(self, words: str, event: Awaitable[None]) -> float:
        """Seconds from before `event` until the last page was told `words`."""
        self._words, self._missing = words, self._count
        self._all_saw.clear()
        started = time.perf_counter()
        await event
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._all_saw.wait()
        return self._seen_at - started

    async def _open(self, turns: asyncio.Semaphore, number: int) -> None:
        async with turns:
            server = self._servers[number % len(self._servers)]
            address = f"ws://{server}/_event/?EIO=4&transport=websocket&token={uuid4()}"
            headers = {"Cookie": self._cookies[number % len(self._cookies)]} if self._cookies else {}
            socket = await connect(address, additional_headers=headers, compression=None)
            await socket.recv()
            await socket.send("40/_event," + json.dumps(BOOT))
            while self._cookies and '"is_hydrated_rx_state_":true' not in str(await socket.recv()):
                pass
            self._sockets.append(socket)
            self._tasks.append(asyncio.create_task(self._listen(socket)))

    async def _listen(self, socket: ClientConnection) -> None:
        async for message in socket:
            if message == "2":
                await socket.send("3")
            elif self._words and self._words in str(message):
                self._note(str(message))

    def _note(self, message: str) -> None:
        self._missing -= 1
        if self._missing == 0:
            self._seen_at = time.perf_counter()
            self.last_seen = message.removeprefix("42/_event,")
            self._all_saw.set()
