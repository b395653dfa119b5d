"""A bucket that is full, or cut off in the middle: said in words, and the bucket is as it was before."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from portail_app.errors import NotKept
from portail_app.gateways.arrivals import arriving
from portail_app.gateways.bucket import Bucket
from portail_app.gateways.object_store import ObjectStore
from tests.s3 import ACCESS_KEY, SECRET_KEY, Misfortune, Road, create_bucket, s3
from tests.stores import contents

__all__ = ["s3"]

SMALL, LARGE = 40_000, 12_000_000  # at once; in several parts
ROOMY = 100_000_000


@pytest.fixture
def road(s3: str) -> Road:
    return Road(s3)


@pytest.fixture
async def store(s3: str, road: Road, tmp_path: Path) -> AsyncIterator[ObjectStore]:
    """Behind the road, with something in it already."""
    name = create_bucket(s3, tmp_path.name)
    async with road.open() as address:
        bucket = Bucket(name, address, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
        store = ObjectStore(bucket, tmp_path / "spool")
        await keep(store, b"%PDF-1.4 what was there before")
        yield store


async def keep(store: ObjectStore, content: bytes) -> str:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 65_536):
            yield content[start : start + 65_536]

    async with arriving(pieces(), store.spool, ROOMY) as arrival:
        await store.keep(arrival)
    return arrival.key


def unfinished(s3: str, store: ObjectStore) -> list[str]:
    """The parts of files that were never completed: nobody sees them, and they take room."""
    told = httpx.get(f"{s3}/{store.bucket.name}?uploads").text
    return [part.split("<")[0] for part in told.split("<Key>")[1:]]


@pytest.mark.parametrize("misfortune", [Misfortune.FULL, Misfortune.CUT])
@pytest.mark.parametrize(
    ("size", "after"), [(SMALL, 0), (SMALL, 20_000), (LARGE, 0), (LARGE, 3_000_000)], ids=lambda n: f"{n}"
)
async def test_nothing_is_half_stored_and_it_works_again_with_room(s3, road, store, misfortune, size, after):
    content, before = b"%PDF-1.4 " + os.urandom(size), await contents(store)
    road.misfortune, road.after_bytes = misfortune, after
    with pytest.raises(NotKept, match="rien n’a été conservé à moitié"):
        await keep(store, content)
    road.after_bytes = min(after, SMALL // 2)
    with pytest.raises(NotKept):
        await asyncio.to_thread(store.add, content[:SMALL])

    road.misfortune = Misfortune.NONE
    assert await contents(store) == before
    assert await asyncio.to_thread(unfinished, s3, store) == []
    key = await keep(store, content)
    assert await contents(store) == before | {key: len(content)}
