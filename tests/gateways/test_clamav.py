"""The antivirus, asked over a socket by its own protocol: a small server that speaks it, on the wire."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from portail_app.errors import FileRefused, Unavailable
from portail_app.gateways import clamav
from portail_app.gateways.clamav import check_viruses

VIRUS = b"EICAR"


class Daemon:
    """clamd(8) as far as INSTREAM goes: what it was sent, and what it says."""

    def __init__(self, answer: bytes | None = None) -> None:
        self.received = bytearray()
        self._answer = answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        while length := struct.unpack(">I", await reader.readexactly(4))[0]:
            self.received += await reader.readexactly(length)
        said = b"stream: Eicar-Signature FOUND" if VIRUS in self.received else b"stream: OK"
        if self._answer != b"":
            writer.write((self._answer or said) + b"\0")
        writer.close()


@asynccontextmanager
async def listening(daemon: Daemon) -> AsyncIterator[str]:
    async with await asyncio.start_server(daemon.serve, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "arrival"
    path.write_bytes(b"a" * 700_000)
    return path


async def test_a_clean_file_passes_whole(file: Path):
    daemon = Daemon()
    async with listening(daemon) as address:
        await check_viruses(file, address)

    assert bytes(daemon.received) == file.read_bytes()


async def test_an_infected_file_is_refused(file: Path):
    file.write_bytes(b"a" * 300_000 + VIRUS)
    async with listening(Daemon()) as address:
        with pytest.raises(FileRefused, match="antivirus"):
            await check_viruses(file, address)


async def test_a_socket_in_the_file_system_is_asked_too(file: Path, tmp_path: Path):
    daemon = Daemon()
    async with await asyncio.start_unix_server(daemon.serve, tmp_path / "clamd.ctl"):
        await check_viruses(file, str(tmp_path / "clamd.ctl"))

    assert len(daemon.received) == 700_000


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"what?"])
async def test_what_could_not_be_looked_at_is_not_let_in(file: Path, answer: bytes):
    async with listening(Daemon(answer)) as address:
        with pytest.raises(Unavailable, match="antivirus"):
            await check_viruses(file, address)


async def test_one_that_never_answers_is_not_waited_for_for_ever(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clamav, "SECONDS", 0.1)

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        with pytest.raises(Unavailable, match="antivirus"):
            await check_viruses(file, f"127.0.0.1:{server.sockets[0].getsockname()[1]}")


async def test_an_empty_file_is_looked_at_as_any_other(file: Path):
    file.write_bytes(b"")
    daemon = Daemon()
    async with listening(daemon) as address:
        await check_viruses(file, address)
    assert bytes(daemon.received) == b""


async def test_without_an_answer_nothing_is_let_in(file: Path):
    with pytest.raises(Unavailable, match="antivirus"):
        await check_viruses(file, "127.0.0.1:1")
