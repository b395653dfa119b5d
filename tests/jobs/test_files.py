"""The nightly sweep: what no row names goes, all the rest stays."""

import os
from datetime import UTC, datetime, timedelta

from portail_app.database import transaction
from portail_app.gateways.file_store import FileStore
from portail_app.gateways.storage import storage
from portail_app.jobs import files
from portail_app.jobs.files import KEPT_FOR, forget_content, forget_unused, sweep_daily, sweep_files
from portail_app.services.files import FORGOTTEN_AFTER, Owner, Upload, forget_file, record_file
from portail_app.viewer import Viewer
from tests.factories import create_invoice
from tests.jobs.outbox import run_sql

NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=2)


async def test_content_that_no_row_names_goes_and_all_the_rest_stays(town, tmp_path):
    store = FileStore(tmp_path)
    lonely, sent, billed = (store.add(content) for content in (b"lonely", b"sent", b"billed"))
    async with transaction(Viewer.system()) as session:
        await record_file(
            session, Viewer.system(), Upload(sent, "a.pdf", "application/pdf", 4), Owner(town.utility.id), NOW
        )
        await create_invoice(session, town.alice.viewer, pdf_key=billed)

    assert await sweep_files(store, LATER) == 1
    assert {path.name for path in store.paths()} == {sent, billed}
    assert not store.path_of(lonely).exists()


async def test_what_has_just_come_waits_for_its_row(town, tmp_path):
    store = FileStore(tmp_path)
    store.add(b"on its way")

    assert await sweep_files(store, NOW) == 0
    assert len(list(store.paths())) == 1


async def test_content_that_comes_again_is_young_again(town, tmp_path):
    store = FileStore(tmp_path)
    path = store.path_of(store.add(b"again"))
    os.utime(path, (0, 0))
    store.add(b"again")

    assert await sweep_files(store, NOW) == 0


async def test_what_an_upload_that_died_has_left_goes(town, tmp_path):
    store = FileStore(tmp_path)
    store.spool.mkdir()
    dead, alive = store.spool / "dead", store.spool / "alive"
    for path in (dead, alive):
        path.write_bytes(b"half a file")
    os.utime(dead, (0, 0))
    await sweep_files(store, NOW)

    assert (dead.exists(), alive.exists()) == (False, True)


class TestForgetting:
    """What was taken away a moment ago: its content goes too, unless somebody holds it or has just sent the same."""

    async def test_it_goes_once_it_is_a_quarter_of_an_hour_old_and_not_before(self, town, tmp_path):
        store = FileStore(tmp_path)
        key = store.add(b"taken back")
        came = await store.kept_at(key)
        await forget_unused(store, key, came + FORGOTTEN_AFTER - timedelta(seconds=1))
        assert len(list(store.paths())) == 1
        await forget_unused(store, key, came + FORGOTTEN_AFTER)
        assert list(store.paths()) == []

    async def test_what_another_row_names_stays(self, town, tmp_path):
        store = FileStore(tmp_path)
        key = store.add(b"held twice")
        async with transaction(Viewer.system()) as session:
            await create_invoice(session, town.alice.viewer, pdf_key=key)
        await forget_unused(store, key, LATER)
        assert len(list(store.paths())) == 1

    async def test_what_has_gone_already_is_no_trouble(self, town, tmp_path):
        await forget_unused(FileStore(tmp_path), "0" * 64, LATER)

    async def test_the_job_does_so_in_the_portals_own_store(self, town):
        held = storage()
        key = held.add(b"in the portal's own store")
        os.utime(held.path_of(key), (0, 0))
        await forget_content(key)
        assert not held.path_of(key).exists()

    async def test_a_file_that_is_forgotten_is_forgotten_a_quarter_of_an_hour_later(self, town):
        async with transaction(Viewer.system()) as session:
            upload = Upload("1" * 64, "a.pdf", "application/pdf", 4)
            file = await record_file(session, Viewer.system(), upload, Owner(town.utility.id), NOW)
            await forget_file(session, file)
        ((args, at),) = run_sql("SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = 'files.forget'")
        assert args == {"key": "1" * 64}
        assert abs(at - datetime.now(UTC) - FORGOTTEN_AFTER) < timedelta(minutes=1)
        assert run_sql("SELECT count(*) FROM stored_file") == [(0,)]


async def test_the_nightly_job_forgets_rows_that_nothing_holds_and_then_their_content(town):
    held = storage()
    key = held.add(b"sent to be published, and never was")
    os.utime(held.path_of(key), (0, 0))
    upload = Upload(key, "oublie.pdf", "application/pdf", 4)
    async with transaction(Viewer.system()) as session:
        await record_file(session, Viewer.system(), upload, Owner(town.utility.id), NOW - timedelta(days=2))
    await sweep_daily(0)
    assert run_sql("SELECT count(*) FROM stored_file") == [(0,)]
    assert not held.path_of(key).exists()


async def test_what_is_a_day_old_to_the_second_still_waits_for_its_row(town, tmp_path):
    store = FileStore(tmp_path)
    came = await store.kept_at(store.add(b"a day old"))
    assert await sweep_files(store, came + KEPT_FOR) == 0
    assert await sweep_files(store, came + KEPT_FOR + timedelta(seconds=1)) == 1


async def test_many_go_in_several_turns(town, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 2)
    store = FileStore(tmp_path)
    for number in range(5):
        store.add(str(number).encode())
    assert await sweep_files(store, LATER) == 5
    assert list(store.paths()) == []
