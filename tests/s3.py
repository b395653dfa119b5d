"""A real S3 server for the tests that want one, and its buckets."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from enum import StrEnum
from urllib.parse import urlsplit

import httpx
import pytest
from moto.server import ThreadedMotoServer

ACCESS_KEY, SECRET_KEY = "portail", "secret"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def create_bucket(address: str, name: str) -> str:
    name = name.replace("_", "-").lower()[:60].strip("-")
    assert httpx.put(f"{address}/{name}").status_code == 200
    return name


class Misfortune(StrEnum):
    """What happens to what is sent to the store, once so many bytes of it have passed."""

    NONE = ""
    FULL = "full"
    CUT = "cut"


class Road:
    """The way to a store, on which bad luck can be had: a real proxy, which answers that the store is full (507, as
    MinIO and Ceph do), or cuts the connection in the middle."""

    def __init__(self, store: str) -> None:
        self._store = urlsplit(store)
        self.misfortune = Misfortune.NONE
        self.after_bytes = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._travel, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        async with server:
            yield f"http://{host}:{port}"

    async def _travel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._store.hostname, self._store.port)
        returning = asyncio.create_task(_carry(there, writer))
        try:
            await self._go(reader, back, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            returning.cancel()
            for one in (back, writer):
                one.close()

    async def _go(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter, writer: asyncio.StreamWriter) -> None:
        passed, is_sending = 0, False
        while block := await reader.read(65_536):
            method = block.split(b" ", 1)[0]
            if method in METHODS:
                is_sending = method in (b"PUT", b"POST")
            passed += len(block) if is_sending else 0
            if is_sending and self.misfortune and passed > self.after_bytes:
                if self.misfortune is Misfortune.FULL:
                    writer.write(FULL)
                    await writer.drain()
                return
            back.write(block)
            await back.drain()


METHODS = {b"PUT", b"POST", b"GET", b"HEAD", b"DELETE"}
REASON = b"<Error><Code>QuotaExceeded</Code><Message>The bucket is full.</Message></Error>"
FULL = (
    b"HTTP/1.1 507 Insufficient Storage\r\nContent-Type: application/xml\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n" % len(REASON)
) + REASON


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while block := await reader.read(65_536):
        writer.write(block)
        await writer.drain()
