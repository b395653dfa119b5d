"""A file on its way in: written to a private place as it comes, hashed meanwhile, gone when the block ends."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portail_app.errors import DiskFull, TooLarge
from portail_app.troubles import is_disk_full

BLOCK = 1024 * 1024  # two of these are held in memory for one file, whatever its size


@dataclass(frozen=True, slots=True)
class Arrival:
    """A whole file, not yet kept by any store. `key` is the SHA-256 of what it holds."""

    path: Path
    key: str
    size_bytes: int


@asynccontextmanager
async def arriving(chunks: AsyncIterator[bytes], spool: Path, at_most: int) -> AsyncIterator[Arrival]:
    """Raises TooLarge as soon as more than `at_most` bytes have come, DiskFull where they find no room."""
    try:
        with _aside(spool) as path:
            with path.open("wb") as file:
                key, size = await _write(file, chunks, at_most)
            yield Arrival(path, key, size)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull from error
        raise


def measure(path: Path) -> Arrival:
    """A file that the portal itself has made in the spool, ready for the store to keep. Reads it whole: in a thread."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return Arrival(path, digest.hexdigest(), path.stat().st_size)


@contextmanager
def _aside(spool: Path) -> Iterator[Path]:
    spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=spool)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


async def _write(file: IO[bytes], chunks: AsyncIterator[bytes], at_most: int) -> tuple[str, int]:
    """A few pieces are written in one thread and hashed in another, without being copied, while the next ones come."""
    digest, held, waiting, size = hashlib.sha256(), list[bytes](), 0, 0

    def learn(pieces: list[bytes]) -> None:
        for piece in pieces:
            digest.update(piece)

    async with _InTurn() as writing, _InTurn() as hashing:
        async for chunk in chunks:
            size += len(chunk)
            if size > at_most:
                raise TooLarge(at_most)
            held.append(chunk)
            waiting += len(chunk)
            if waiting >= BLOCK:
                await writing.start(file.writelines, held)
                await hashing.start(learn, held)
                held, waiting = [], 0
        await writing.start(file.writelines, held)
        await hashing.start(learn, held)
    return digest.hexdigest(), size


class _InTurn:
    """One thing at a time in a thread, beside what goes on here. What fails is raised at the next, or at the end."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "_InTurn":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._end()

    async def start(self, work: Callable[[list[bytes]], None], pieces: list[bytes]) -> None:
        await self._end()
        self._task = asyncio.create_task(asyncio.to_thread(work, pieces))

    async def _end(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            await task
