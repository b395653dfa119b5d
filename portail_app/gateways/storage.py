"""Where the portal's private files are: a folder, or a bucket of any S3-compatible store where one is set."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from portail_app.gateways.arrivals import Arrival
from portail_app.gateways.bucket import Bucket
from portail_app.gateways.file_store import FileStore
from portail_app.gateways.object_store import ObjectStore
from portail_app.settings import Settings, settings


class Shelf(Protocol):
    """Where an import puts its files."""

    @property
    def is_rehearsal(self) -> bool: ...
    def add(self, content: bytes) -> str: ...


class Storage(Shelf, Protocol):
    """Content by the SHA-256 of itself. What it is called, and who may read it, is in the database."""

    @property
    def spool(self) -> Path: ...
    def settling(self, arrival: Arrival) -> AbstractAsyncContextManager[None]: ...
    async def keep(self, arrival: Arrival) -> None: ...
    async def find_size(self, key: str) -> int: ...
    async def kept_at(self, key: str) -> datetime: ...
    def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]: ...
    async def remove(self, key: str) -> None: ...
    def list_kept(self) -> AsyncIterator[tuple[str, datetime]]: ...


def storage() -> Storage:
    """The portal's own, as the settings say."""
    return _storage_of(settings())


async def read_whole(key: str) -> bytes:
    """For what is small and goes into something else. Raises NotFound, and Unavailable where the store is away."""
    size = await storage().find_size(key)
    return b"".join([block async for block in storage().read(key, 0, size)])


@cache
def _storage_of(chosen: Settings) -> Storage:
    folder = FileStore(chosen.data_folder / "files")
    if not chosen.s3_bucket:
        return folder
    bucket = Bucket(chosen.s3_bucket, chosen.s3_endpoint, chosen.s3_region, chosen.s3_access_key, chosen.s3_secret_key)
    return ObjectStore(bucket, folder.spool)
