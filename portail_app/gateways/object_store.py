"""The same private files in a bucket of any S3-compatible store, by the same keys."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from portail_app.errors import NotFound, NotKept, Unavailable
from portail_app.gateways.arrivals import Arrival
from portail_app.gateways.bucket import Bucket
from portail_app.gateways.file_store import BLOCK, KEY

if TYPE_CHECKING:
    from obstore import ObjectMeta  # known to type checkers only

PARTS_AT_ONCE = 3  # of 5 MB each: what a large file costs in memory
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ObjectStore:
    """Files arrive in `spool`, on this machine's disk, before they are sent whole."""

    bucket: Bucket
    spool: Path
    is_rehearsal: bool = False

    def add(self, content: bytes) -> str:
        """The key of `content`, which is in the bucket when this returns. Raises NotKept, and leaves nothing."""
        key = sha256(content).hexdigest()
        with _explained(NotKept):
            obstore.put(self._client, key, content)
        return key

    @asynccontextmanager
    async def settling(self, arrival: Arrival) -> AsyncIterator[None]:
        """Nothing to wait for: the file does not stay on this disk."""
        yield

    async def keep(self, arrival: Arrival) -> None:
        """In the bucket, whole, when this returns: S3 shows an object once it is complete. Raises NotKept.

        What is there already is sent again, whose date keeps it from the sweep.
        """
        with _explained(NotKept):
            await obstore.put_async(self._client, arrival.key, arrival.path, max_concurrency=PARTS_AT_ONCE)

    async def find_size(self, key: str) -> int:
        """In bytes. Raises NotFound for what is not there, Unavailable where the store is away."""
        return (await self._head(key))["size"]

    async def kept_at(self, key: str) -> datetime:
        """When it was last brought in. Raises NotFound, Unavailable."""
        return (await self._head(key))["last_modified"]

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to `end`, that one left out, a block at a time."""
        if start >= end:
            return
        with _explained():
            answer = await obstore.get_async(self._client, _checked(key), options={"range": (start, end)})
            async for block in answer.stream(min_chunk_size=BLOCK):
                yield bytes(block)

    async def remove(self, key: str) -> None:
        """Removing twice changes nothing."""
        with _explained():
            await obstore.delete_async(self._client, _checked(key))

    async def list_kept(self) -> AsyncIterator[tuple[str, datetime]]:
        """Each key, and when its content was last brought in."""
        with _explained():
            async for page in obstore.list(self._client):
                for found in page:
                    if KEY.fullmatch(found["path"]):
                        yield found["path"], found["last_modified"]

    async def _head(self, key: str) -> "ObjectMeta":
        with _explained():
            return await obstore.head_async(self._client, _checked(key))

    @cached_property
    def _client(self) -> S3Store:
        return self.bucket.connect()


@contextmanager
def _explained(trouble_is: type[Unavailable] = Unavailable) -> Iterator[None]:
    """What is missing when something is written is the bucket itself."""
    try:
        yield
    except FileNotFoundError as missing:
        raise (NotKept() if trouble_is is NotKept else NotFound("Fichier")) from missing
    except (BaseError, OSError) as trouble:
        log.warning("The store of files is in trouble: %s", str(trouble).partition("\n")[0])
        raise trouble_is from trouble


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError("not a key of the file store")
    return key
