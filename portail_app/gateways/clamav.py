"""ClamAV's daemon, asked over its socket about one file (clamd(8), INSTREAM)."""

import asyncio
import struct
from asyncio import StreamReader, StreamWriter
from pathlib import Path

from portail_app.errors import FileRefused, Unavailable

INFECTED = "L’antivirus a reconnu un programme malveillant dans ce fichier. Il n’a pas été enregistré."
SILENT = "L’antivirus ne répond pas : le fichier n’a pas été enregistré. Réessayez dans quelques minutes."
BLOCK = 256 * 1024
SECONDS = 60


async def check_viruses(path: Path, address: str) -> None:
    """`address` is `host:port`, or the path of a socket. Raises FileRefused, or Unavailable where there is no answer.

    A file that could not be looked at is not let in.
    """
    try:
        async with asyncio.timeout(SECONDS):
            answer = await _ask(path, address)
    except (OSError, EOFError, TimeoutError) as trouble:
        raise Unavailable(SILENT) from trouble
    if answer.endswith(" FOUND"):
        raise FileRefused(INFECTED)
    if not answer.endswith(" OK"):
        raise Unavailable(SILENT)


async def _ask(path: Path, address: str) -> str:
    reader, writer = await _connect(address)
    try:
        await _send(path, writer)
        return (await reader.readuntil(b"\0")).rstrip(b"\0").decode(errors="replace")
    finally:
        writer.close()


async def _connect(address: str) -> tuple[StreamReader, StreamWriter]:
    host, _, port = address.rpartition(":")
    if address.startswith("/"):
        return await asyncio.open_unix_connection(address)
    return await asyncio.open_connection(host, int(port))


async def _send(path: Path, writer: StreamWriter) -> None:
    """Each block after its length; a length of nothing ends the file."""
    writer.write(b"zINSTREAM\0")
    with path.open("rb") as file:
        while block := await asyncio.to_thread(file.read, BLOCK):
            writer.write(struct.pack(">I", len(block)) + block)
            await writer.drain()
    writer.write(struct.pack(">I", 0))
    await writer.drain()
