"""Private files on disk, named by the SHA-256 of what they hold: no name that anyone gave is ever a path."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portail_app.errors import DiskFull, NotFound
from portail_app.gateways.arrivals import Arrival
from portail_app.gateways.durable import move_durably, sync, write_durably
from portail_app.gateways.file_keys import is_key, key_of, require_key
from portail_app.troubles import is_disk_full

BLOCK = 512 * 1024


@dataclass(frozen=True)
class FileStore:
    """Under `folder`, which no web server may publish. A rehearsal computes keys and writes nothing."""

    folder: Path
    is_rehearsal: bool = False

    def add(self, content: bytes) -> str:
        """The key of `content`, which is on disk, whole, when this returns. Raises DiskFull, and leaves nothing."""
        key = key_of(content)
        if not self.is_rehearsal:
            self._keep(key, lambda path: write_durably(path, content))
        return key

    @asynccontextmanager
    async def settling(self, arrival: Arrival) -> AsyncIterator[None]:
        """The disk catches up while something else is done with the file: keeping it is then at once."""
        written = asyncio.create_task(asyncio.to_thread(sync, arrival.path))
        try:
            yield
        finally:
            await written

    async def keep(self, arrival: Arrival) -> None:
        """On disk, whole, when this returns; it has left the spool. Raises DiskFull, and leaves nothing."""
        await asyncio.to_thread(self._keep, arrival.key, lambda path: move_durably(arrival.path, path))

    async def find_size(self, key: str) -> int:
        """In bytes. Raises NotFound for what is not there."""
        return self._found(key).st_size

    async def kept_at(self, key: str) -> datetime:
        """When it was last brought in. Raises NotFound."""
        return datetime.fromtimestamp(self._found(key).st_mtime, UTC)

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to `end`, that one left out, a block at a time."""
        with self.path_of(key).open("rb") as file:
            file.seek(start)
            left = end - start
            while left > 0 and (block := await asyncio.to_thread(file.read, min(BLOCK, left))):
                left -= len(block)
                yield block

    async def remove(self, key: str) -> None:
        """Removing twice changes nothing."""
        self.path_of(key).unlink(missing_ok=True)

    async def list_kept(self) -> AsyncIterator[tuple[str, datetime]]:
        """Each key, and when its content was last brought in."""
        for path in self.paths():
            yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def paths(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("??/*") if is_key(path.name))

    def path_of(self, key: str) -> Path:
        return self.folder / require_key(key)[:2] / key

    @property
    def spool(self) -> Path:
        """Where files arrive: on the same disk, so that keeping one is giving it its name."""
        return self.folder / "arrivals"

    def _found(self, key: str) -> os.stat_result:
        try:
            return self.path_of(key).stat()
        except FileNotFoundError as missing:
            raise NotFound("Fichier") from missing

    def _keep(self, key: str, write: Callable[[Path], None]) -> None:
        """What is there already only becomes as young as if it had just come, which keeps it from the sweep."""
        path = self.path_of(key)
        try:
            if path.exists():
                os.utime(path)
            else:
                write(path)
        except OSError as error:
            if is_disk_full(error):
                raise DiskFull from error
            raise
