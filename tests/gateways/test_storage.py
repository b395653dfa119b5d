"""Every store keeps the same promises: a folder, and a bucket of a real S3 server."""

import hashlib
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
import pytest

from portail_app.errors import DiskFull, NotFound, NotKept, TooLarge, Unavailable
from portail_app.gateways.arrivals import arriving, measure
from portail_app.gateways.bucket import Bucket
from portail_app.gateways.file_store import FileStore
from portail_app.gateways.object_store import ObjectStore
from portail_app.gateways.storage import Storage, storage
from portail_app.settings import settings
from tests.s3 import ACCESS_KEY, SECRET_KEY, create_bucket, s3

__all__ = ["s3"]

CONTENT = b"%PDF-1.4 " + random.Random(1).randbytes(3_000_000)
KEY = hashlib.sha256(CONTENT).hexdigest()
ROOMY = 100_000_000


async def chunks(content: bytes = CONTENT, size: int = 65_536) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return FileStore(tmp_path / "files")
    address = request.getfixturevalue("s3")
    name = create_bucket(address, tmp_path.name)
    return ObjectStore(Bucket(name, address, access_key=ACCESS_KEY, secret_key=SECRET_KEY), tmp_path / "spool")


async def keep(store: Storage, content: bytes = CONTENT) -> str:
    async with arriving(chunks(content), store.spool, ROOMY) as arrival:
        await store.keep(arrival)
    return arrival.key


async def read(store: Storage, key: str, start: int = 0, end: int = len(CONTENT)) -> bytes:
    return b"".join([block async for block in store.read(key, start, end)])


async def kept(store: Storage) -> list[str]:
    return [key async for key, _ in store.list_kept()]


async def test_what_has_arrived_is_read_back_by_the_hash_of_itself(store: Storage):
    assert await keep(store) == KEY
    assert await store.find_size(KEY) == len(CONTENT)
    assert await read(store, KEY) == CONTENT


@pytest.mark.parametrize(("start", "end"), [(0, 1), (5, 9), (700_000, 2_500_000), (2_999_000, len(CONTENT)), (7, 7)])
async def test_a_part_is_read_without_the_rest(store: Storage, start: int, end: int):
    await keep(store)

    assert await read(store, KEY, start, end) == CONTENT[start:end]


async def test_bytes_that_the_portal_has_at_hand_are_kept_at_once(store: Storage):
    assert store.add(CONTENT) == KEY
    assert await read(store, KEY) == CONTENT


async def test_a_rehearsal_knows_the_key_and_keeps_nothing(store: Storage):
    assert replace(store, is_rehearsal=True).add(CONTENT) == KEY
    assert await kept(store) == []


async def test_a_file_that_a_job_has_made_is_kept(store: Storage):
    store.spool.mkdir(parents=True)
    made = store.spool / "export.zip"
    made.write_bytes(CONTENT)
    await store.keep(measure(made))

    assert await read(store, KEY) == CONTENT


async def test_the_same_content_is_kept_once_and_looks_new(store: Storage):
    await keep(store)
    await keep(store)

    assert await kept(store) == [KEY]
    ((_, at),) = [found async for found in store.list_kept()]
    assert datetime.now(UTC) - at < timedelta(minutes=1)


async def test_what_is_removed_is_missing_and_may_be_removed_again(store: Storage):
    await keep(store)
    await store.remove(KEY)
    await store.remove(KEY)

    assert await kept(store) == []
    with pytest.raises(NotFound):
        await store.find_size(KEY)


async def test_when_it_came_is_known_and_what_is_missing_has_no_hour(store: Storage):
    await keep(store)
    assert datetime.now(UTC) - await store.kept_at(KEY) < timedelta(minutes=1)
    with pytest.raises(NotFound):
        await store.kept_at("0" * 64)


async def test_a_file_settles_while_it_is_looked_at_and_is_kept_after(store: Storage):
    async with arriving(chunks(), store.spool, ROOMY) as arrival:
        async with store.settling(arrival):
            assert arrival.path.read_bytes() == CONTENT
        assert await kept(store) == []
        await store.keep(arrival)
    assert await kept(store) == [KEY]


async def test_what_fails_while_a_file_settles_is_raised_and_keeps_nothing(store: Storage):
    with pytest.raises(ZeroDivisionError):
        async with arriving(chunks(), store.spool, ROOMY) as arrival, store.settling(arrival):
            raise ZeroDivisionError
    assert (await kept(store), list(store.spool.iterdir())) == ([], [])


async def test_what_somebody_else_has_put_there_is_not_the_portals_to_sweep(store: Storage):
    await keep(store)
    if isinstance(store, FileStore):
        (store.folder / "ab").mkdir()
        (store.folder / "ab" / "lisez-moi.txt").write_bytes(b"x")
        (store.folder / "ab" / KEY.upper()).write_bytes(b"x")
    else:
        for name in ("lisez-moi.txt", KEY.upper(), f"sauvegardes/{KEY}"):
            obstore.put(store.bucket.client, name, b"x")
    assert await kept(store) == [KEY]


async def test_many_pieces_of_any_size_are_one_file(store: Storage):
    for size in (1_048_576, 1_048_575, 3_000_009, 1_500_000):
        async with arriving(chunks(size=size), store.spool, ROOMY) as arrival:
            assert (arrival.key, arrival.size_bytes) == (KEY, len(CONTENT))
            assert measure(arrival.path) == arrival


async def test_a_file_of_just_so_many_bytes_is_not_too_large(store: Storage):
    async with arriving(chunks(), store.spool, len(CONTENT)) as arrival:
        assert arrival.size_bytes == len(CONTENT)
    with pytest.raises(TooLarge):
        async with arriving(chunks(), store.spool, len(CONTENT) - 1):
            pass


@pytest.mark.parametrize("key", ["../../etc/passwd", "", KEY.upper(), KEY + "/", f"{KEY}\n", KEY[:-1]])
async def test_only_a_key_is_ever_a_place(store: Storage, key: str):
    with pytest.raises(ValueError, match="not a key"):
        await store.find_size(key)
    with pytest.raises(ValueError, match="not a key"):
        await store.remove(key)
    with pytest.raises(ValueError, match="not a key"):
        await read(store, key)


async def test_nothing_is_left_of_what_was_too_large_or_cut_off(store: Storage):
    with pytest.raises(TooLarge, match="1 Mo au plus"):
        async with arriving(chunks(), store.spool, 1_000_000):
            pass
    with pytest.raises(ConnectionError):
        async with arriving(cut_off(), store.spool, ROOMY):
            pass

    assert list(store.spool.iterdir()) == []
    assert await kept(store) == []


async def test_the_size_limit_is_met_before_the_rest_is_read():
    asked = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            asked.append(1)
            yield bytes(100_000)

    with pytest.raises(TooLarge):
        async with arriving(endless(), FileStore(settings().data_folder).spool, 1_000_000):
            pass
    assert len(asked) == 11


async def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    store = FileStore(tmp_path)
    monkeypatch.setattr("portail_app.gateways.durable.os.fsync", refuse)
    with pytest.raises(DiskFull):
        await keep(store)
    monkeypatch.undo()

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert await keep(store) == KEY


async def test_a_bucket_that_is_away_or_missing_is_said(s3: str, tmp_path: Path):
    there = Bucket(create_bucket(s3, "there"), s3, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    await keep(store := ObjectStore(there, tmp_path))
    missing = ObjectStore(Bucket("nowhere", s3, access_key=ACCESS_KEY, secret_key=SECRET_KEY), tmp_path)

    with pytest.raises(NotKept):
        await keep(missing)
    assert await store.find_size(KEY) == len(CONTENT)


async def test_a_silent_store_is_unavailable(tmp_path: Path):
    away = ObjectStore(Bucket("b", "http://127.0.0.1:1", access_key="a", secret_key="b"), tmp_path)

    with pytest.raises(Unavailable):
        await away.find_size(KEY)
    with pytest.raises(NotKept):
        away.add(CONTENT)


def test_the_settings_choose_the_store(monkeypatch: pytest.MonkeyPatch):
    assert storage() == FileStore(settings().data_folder / "files")

    monkeypatch.setenv("S3_BUCKET", "portail")
    monkeypatch.setenv("S3_ENDPOINT", "https://s3.example.fr")
    settings.cache_clear()
    chosen = storage()
    monkeypatch.undo()
    settings.cache_clear()

    assert isinstance(chosen, ObjectStore)
    assert (chosen.bucket.name, chosen.bucket.endpoint) == ("portail", "https://s3.example.fr")


async def cut_off() -> AsyncIterator[bytes]:
    yield CONTENT[:2_000_000]
    raise ConnectionError
