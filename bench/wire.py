"""A port in front of a server that counts what passes: headers, compressed bodies and websocket frames alike."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

CHUNK = 65_536


class Wire:
    """`received` is in bytes, from the server."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self.received = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asked = await asyncio.open_connection("127.0.0.1", self._server_port)
        with suppress(ConnectionError):
            await asyncio.gather(self._pass(reader, asked), self._pass(answers, writer, counted=True))

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, counted: bool = False) -> None:
        try:
            while data := await source.read(CHUNK):
                self.received += len(data) if counted else 0
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()


@asynccontextmanager
async def wire(port: int, server_port: int) -> AsyncIterator[Wire]:
    carrier = Wire(server_port)
    listening = await asyncio.start_server(carrier.carry, "127.0.0.1", port)
    try:
        yield carrier
    finally:
        listening.close()
