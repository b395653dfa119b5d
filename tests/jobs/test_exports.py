"""A copy of all one's data: made by a job, whole or not at all, and read back."""

import asyncio
import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from portail_app.database import transaction
from portail_app.errors import DiskFull, Invalid, NotFound
from portail_app.gateways.export_files import ExportFiles
from portail_app.http import http_app
from portail_app.http.guard import Guard
from portail_app.jobs import exports as jobs
from portail_app.services.exports import KEPT_FOR, LOST_AFTER, ask_for_export, export_files, find_download, list_exports
from portail_app.services.paper_choices import choose_paper
from portail_app.viewer import Viewer
from tests.factories import create_invoice
from tests.jobs.outbox import run_sql

NOW = datetime.now(UTC)


async def ask(viewer, now=None):
    async with transaction(viewer) as session:
        return (await ask_for_export(session, viewer, now or datetime.now(UTC))).id


async def build(viewer):
    export_id = await ask(viewer)
    await jobs.build_export(export_id)
    return export_id


async def newest(viewer, now=None):
    async with transaction(viewer) as session:
        return (await list_exports(session, viewer, now or datetime.now(UTC)))[0]


def read_zip(export_id):
    ((name,),) = run_sql("SELECT file_name FROM data_export WHERE id = %s", export_id)
    return zipfile.ZipFile(export_files().path_of(name))


def read_json(bundle, name):
    return json.loads(bundle.read(f"donnees/{name}.json"))


@pytest.fixture
async def billed(town):
    """Alice has two invoices, Bruno one."""
    async with transaction(Viewer.system()) as session:
        await create_invoice(session, town.alice.viewer, number="2026-1", subject="Eau; « été »")
        await create_invoice(session, town.alice.viewer, number="../../etc/passwd", subject="=1+1")
        await create_invoice(session, town.bruno.viewer, number="2026-3", subject="Chez Bruno")
    return town


async def test_it_holds_her_data_in_csv_and_json_and_her_invoices_in_pdf(billed):
    alice = billed.alice.viewer
    (hers,) = alice.subscriber_ids
    async with transaction(alice) as session:
        await choose_paper(session, alice, hers, False, NOW)

    bundle = read_zip(await build(alice))

    assert bundle.testzip() is None
    assert read_json(bundle, "compte")[0]["adresse_mail"] == "alice@example.fr"
    assert [one["facture"] for one in read_json(bundle, "factures")] == ["2026-1", "../../etc/passwd"]
    assert read_json(bundle, "factures")[0]["montant_euros"] == 243.11
    assert read_json(bundle, "factures_papier")[0]["papier"] is False
    rows = list(csv.reader(io.StringIO(bundle.read("donnees/factures.csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][rows[0].index("objet")] == "Eau; « été »"
    assert rows[1][rows[0].index("montant_euros")] == "243,11"
    assert bundle.read("factures/2026-1.pdf").startswith(b"%PDF")
    assert "LISEZ-MOI.txt" in bundle.namelist()


async def test_every_table_is_there_in_both_forms_even_empty(billed):
    names = read_zip(await build(billed.alice.viewer)).namelist()
    tables = {name.rpartition(".")[0] for name in names if name.startswith("donnees/")}
    assert {f"{table}.{kind}" for table in tables for kind in ("csv", "json")} <= set(names)
    assert len(tables) >= 15


async def test_no_name_leads_out_of_the_folder_and_no_cell_is_a_formula(billed):
    bundle = read_zip(await build(billed.alice.viewer))
    assert [name for name in bundle.namelist() if ".." in name.split("/") or name.startswith("/")] == []
    assert "'=1+1" in bundle.read("donnees/factures.csv").decode()


async def test_nothing_of_the_neighbours_is_in_it(billed):
    bundle = read_zip(await build(billed.alice.viewer))
    everything = b"".join(bundle.read(name) for name in bundle.namelist() if name.endswith((".csv", ".json")))
    for his in (b"2026-3", b"Chez Bruno", b"bruno@example.fr", b"Bruno Petit"):
        assert his not in everything


async def test_no_secret_is_in_it(billed):
    bundle = read_zip(await build(billed.alice.viewer))
    everything = b"".join(bundle.read(name) for name in bundle.namelist()).lower()
    for word in (b"argon2", b"token", billed.alice.token.encode().lower()):
        assert word not in everything


async def test_a_delegate_takes_nothing_of_the_holders_away(billed):
    (hers,) = billed.alice.viewer.subscriber_ids
    bruno = billed.bruno.viewer.account_id
    run_sql(
        "INSERT INTO account_subscriber (account_id, subscriber_id, hold) VALUES (%s, %s, 'delegue_paiement')",
        bruno,
        hers,
    )
    bundle = read_zip(await build(billed.bruno.viewer))
    assert [one["facture"] for one in read_json(bundle, "factures")] == ["2026-3"]
    assert [one["nom"] for one in read_json(bundle, "abonnements")] == ["Bruno Petit"]


async def test_progress_is_counted_and_the_end_is_told_by_mail(billed):
    await build(billed.alice.viewer)
    export = await newest(billed.alice.viewer)
    assert export.status == "pret"
    assert export.parts == export.parts_in_all >= 17
    assert export.size_bytes == export_files().path_of(export.file_name).stat().st_size
    assert run_sql("SELECT recipient, subject FROM mail") == [("alice@example.fr", "La copie de vos données est prête")]


async def test_asking_twice_at_once_makes_one(billed):
    ids = await asyncio.gather(*(ask(billed.alice.viewer) for _ in range(4)))
    assert len(set(ids)) == 1
    assert run_sql("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'exports.build'") == [(1,)]


async def test_the_job_done_twice_does_nothing_the_second_time(billed):
    export_id = await build(billed.alice.viewer)
    first = await newest(billed.alice.viewer)
    await jobs.build_export(export_id)
    assert (await newest(billed.alice.viewer)).file_name == first.file_name
    assert run_sql("SELECT count(*) FROM mail") == [(1,)]


async def test_what_a_dead_worker_left_is_begun_again_and_swept_away(billed):
    export_id = await ask(billed.alice.viewer)
    folder = export_files().folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{export_id}-{'0' * 32}.zip.part").write_bytes(b"half")
    await jobs.build_export(export_id)
    assert [path.name for path in folder.glob(f"{export_id}-*")] == [(await newest(billed.alice.viewer)).file_name]


async def test_a_full_disk_leaves_nothing_and_is_said(billed, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    export_id = await build(billed.alice.viewer)
    assert (await newest(billed.alice.viewer)).status == "echoue"
    assert list(export_files().folder.glob(f"{export_id}-*")) == []
    monkeypatch.undo()
    assert await ask(billed.alice.viewer) != export_id


def test_a_full_disk_is_called_by_its_name(tmp_path):
    with pytest.raises(DiskFull), ExportFiles(tmp_path).writing(1):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


async def test_one_that_no_worker_finished_does_not_bar_the_next(billed):
    lost = await ask(billed.alice.viewer, NOW - LOST_AFTER - timedelta(minutes=1))
    assert await ask(billed.alice.viewer) != lost


async def test_there_are_so_many_a_day(billed):
    for _ in range(5):
        await build(billed.alice.viewer)
    with pytest.raises(Invalid, match="déjà demandé plusieurs copies"):
        await ask(billed.alice.viewer)
    await ask(billed.bruno.viewer)


async def test_it_expires_and_its_file_goes(billed):
    export_id = await build(billed.alice.viewer)
    file = export_files().path_of((await newest(billed.alice.viewer)).file_name)
    later = datetime.now(UTC) + KEPT_FOR
    assert (await newest(billed.alice.viewer, later)).status == "supprime"
    with pytest.raises(NotFound):
        async with transaction(billed.alice.viewer) as session:
            await find_download(session, billed.alice.viewer, export_id, later)
    await jobs.remove_expired_files(later)
    assert not file.exists()
    await jobs.remove_expired_files(later)


@pytest.fixture
async def portal():
    transport = httpx.ASGITransport(app=Guard(http_app))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


async def test_she_downloads_it_and_it_is_written_in_the_journal(billed, portal):
    export_id = await build(billed.alice.viewer)
    path = f"/telecharger/mes-donnees/{export_id}.zip"
    answer = await portal.get(path, headers={"cookie": billed.alice.cookie})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith('attachment; filename="mes-donnees-')
    assert answer.headers["cache-control"] == "private, no-store"
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    part = await portal.get(path, headers={"cookie": billed.alice.cookie, "range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, answer.content[:4])
    actions = [action for (action,) in run_sql("SELECT action FROM audit_entry")]
    assert "Copie de ses données téléchargée" in actions


async def test_one_whose_file_is_lost_is_not_found_and_nothing_says_that_she_had_it(billed, portal):
    export_id = await build(billed.alice.viewer)
    export_files().remove((await newest(billed.alice.viewer)).file_name)
    answer = await portal.get(f"/telecharger/mes-donnees/{export_id}.zip", headers={"cookie": billed.alice.cookie})
    assert answer.status_code == 404
    assert run_sql("SELECT count(*) FROM audit_entry WHERE action = 'Copie de ses données téléchargée'") == [(0,)]


@pytest.mark.parametrize("who", ["bruno", "chloe"])
async def test_another_gets_the_same_no_as_for_none(billed, portal, who):
    export_id = await build(billed.alice.viewer)
    headers = {"cookie": getattr(billed, who).cookie}
    answer = await portal.get(f"/telecharger/mes-donnees/{export_id}.zip", headers=headers)
    missing = await portal.get("/telecharger/mes-donnees/999999.zip", headers=headers)
    assert (answer.status_code, answer.text) == (missing.status_code, missing.text)
    assert answer.status_code == 404


async def test_nobody_is_asked_to_sign_in(billed, portal):
    export_id = await build(billed.alice.viewer)
    answer = await portal.get(f"/telecharger/mes-donnees/{export_id}.zip")
    assert answer.status_code == 401


async def test_a_large_one_is_not_held_in_memory(billed):
    """Twenty thousand lines, by the tens of megabytes."""
    run_sql(
        "INSERT INTO invoice_line (invoice_id, position, rubric, label, unit, amount_cents, vat_basis_points) "
        "SELECT (SELECT min(id) FROM invoice), n, repeat('r', 500), repeat('l', 500), 'm³', n, 550 "
        "FROM generate_series(1, 20000) n"
    )
    run_sql("UPDATE invoice SET pdf_key = NULL")
    export_id = await ask(billed.alice.viewer)
    from portail_app.services import export_parts

    parts = export_parts.list_parts

    async def tables_only(session, owner):
        return [part for part in await parts(session, owner) if part.__qualname__.startswith("_table")]

    export_parts_patch = pytest.MonkeyPatch()
    export_parts_patch.setattr(export_parts, "list_parts", tables_only)
    tracemalloc.start()
    try:
        await jobs.build_export(export_id)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        export_parts_patch.undo()
    bundle = read_zip(export_id)
    assert bundle.getinfo("donnees/lignes_de_facture.json").file_size > 20_000_000
    assert peak < 12_000_000
