"""The same private files in a bucket of any S3-compatible store, by the same keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import obstore

from portail_app.errors import NotKept
from portail_app.gateways.arrivals import Arrival
from portail_app.gateways.bucket import Bucket, explained
from portail_app.gateways.file_keys import is_key, key_of, require_key
from portail_app.gateways.file_store import BLOCK

PARTS_AT_ONCE = 3  # of 5 MB each: what a large file costs in memory


@dataclass(frozen=True)
class ObjectStore:
    """Files arrive in `spool`, on this machine's disk, before they are sent whole. A rehearsal sends nothing."""

    bucket: Bucket
    spool: Path
    is_rehearsal: bool = False

    def add(self, content: bytes) -> str:
        """The key of `content`, which is in the bucket when this returns. Raises NotKept, and leaves nothing."""
        key = key_of(content)
        if not self.is_rehearsal:
            with explained(NotKept):
                obstore.put(self.bucket.client, key, content)
        return key

    @asynccontextmanager
    async def settling(self, arrival: Arrival) -> AsyncIterator[None]:
        """Nothing to wait for: the file does not stay on this disk."""
        yield

    async def keep(self, arrival: Arrival) -> None:
        """In the bucket, whole, when this returns: S3 shows an object once it is complete. Raises NotKept.

        What is there already is sent again, whose date keeps it from the sweep.
        """
        with explained(NotKept):
            await obstore.put_async(self.bucket.client, arrival.key, arrival.path, max_concurrency=PARTS_AT_ONCE)

    async def find_size(self, key: str) -> int:
        """In bytes. Raises NotFound for what is not there, Unavailable where the store is away."""
        with explained():
            found = await obstore.head_async(self.bucket.client, require_key(key))
        return found["size"]

    async def kept_at(self, key: str) -> datetime:
        """When it was last brought in. Raises NotFound, Unavailable."""
        with explained():
            found = await obstore.head_async(self.bucket.client, require_key(key))
        return found["last_modified"]

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to `end`, that one left out, a block at a time."""
        if start >= end:
            return
        with explained():
            answer = await obstore.get_async(self.bucket.client, require_key(key), options={"range": (start, end)})
            async for block in answer.stream(min_chunk_size=BLOCK):
                yield bytes(block)

    async def remove(self, key: str) -> None:
        """Removing twice changes nothing."""
        with explained():
            await obstore.delete_async(self.bucket.client, require_key(key))

    async def list_kept(self) -> AsyncIterator[tuple[str, datetime]]:
        """Each key, and when its content was last brought in."""
        with explained():
            async for page in obstore.list(self.bucket.client):
                for found in page:
                    if is_key(found["path"]):
                        yield found["path"], found["last_modified"]
