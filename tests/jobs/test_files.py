"""The nightly sweep: what no row names goes, all the rest stays."""

import os
from datetime import UTC, datetime, timedelta

from portail_app.database import transaction
from portail_app.gateways.file_store import FileStore
from portail_app.jobs.files import sweep_files
from portail_app.services.files import Owner, Upload, record_file
from portail_app.viewer import Viewer
from tests.factories import create_invoice

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
