"""The papers in a copy of all one's data: as billing sent them, else as the portal draws them; what is lost is said."""

import asyncio
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.jobs import Job

from models import Account, FolderKind
from portail_app.database import transaction
from portail_app.errors import NotFound, Unavailable
from portail_app.gateways.storage import storage
from portail_app.jobs import exports as jobs
from portail_app.jobs.exports import SECONDS_OF_PATIENCE, WhenThePortalIsBack
from portail_app.services.exports import LOST_AFTER, ask_for_export, export_files
from portail_app.services.files import Upload
from portail_app.services.folders import plant_folders
from portail_app.services.placing import place_once
from portail_app.viewer import Viewer
from tests import files
from tests.documents import folder_of
from tests.factories import NOW, create_invoice, create_subscriber, create_utility, link
from tests.jobs.outbox import run_sql
from tests.receipts import create_receipt

BILLED = files.pdf(b"% as billing sent it")
LEASE = files.pdf(b"% a lease")
JOB = Job(id=1, queue="exports", lock=None, queueing_lock=None, task_name="exports.build")


async def test_an_invoice_is_the_file_that_billing_sent_and_is_drawn_where_there_is_none(town):
    async with transaction(Viewer.system()) as session:
        await create_invoice(session, town.alice.viewer, number="F-1", pdf_key=storage().add(BILLED))
        await create_invoice(session, town.alice.viewer, number="F-2", pdf_key="0" * 64)
        await create_invoice(session, town.alice.viewer, number="F-3")
    bundle = await build(town.alice.viewer)

    assert bundle.read("factures/F-1.pdf") == BILLED
    for drawn in (bundle.read("factures/F-2.pdf"), bundle.read("factures/F-3.pdf")):
        assert drawn.startswith(b"%PDF-")
        assert drawn != BILLED


async def test_the_receipts_are_those_of_what_the_account_paid(town):
    async with transaction(Viewer.system()) as session:
        hers = await create_receipt(session, town.alice.viewer, "000001")
        his = await create_receipt(session, town.bruno.viewer, "000002")
    names = (await build(town.alice.viewer)).namelist()
    assert f"recus/{hers.number}.pdf" in names
    assert f"recus/{his.number}.pdf" not in names


async def test_documents_of_both_sides_are_whole_and_two_of_a_name_are_two(town):
    alice, chloe = town.alice.viewer, town.chloe.viewer
    await place(alice, alice, LEASE, "bail.pdf", is_deposit=True)
    await place(chloe, alice, BILLED, "bail.pdf", is_deposit=False)
    await place(town.bruno.viewer, town.bruno.viewer, files.pdf(b"% his"), "le-sien.pdf", is_deposit=True)
    bundle = await build(alice)

    assert bundle.read("documents/bail.pdf") == LEASE
    assert bundle.read("documents/bail-2.pdf") == BILLED
    assert [name for name in bundle.namelist() if "le-sien" in name] == []


async def test_a_document_that_is_lost_is_said_and_the_rest_is_there(town):
    alice = town.alice.viewer
    await place(alice, alice, LEASE, "perdu.pdf", is_deposit=True)
    await place(alice, alice, BILLED, "garde.pdf", is_deposit=True)
    await storage().remove(storage().add(LEASE))
    bundle = await build(alice)

    assert "perdu.pdf" not in {Path(name).name for name in bundle.namelist()}
    assert bundle.read("documents/perdu.pdf.manquant.txt").decode() == "Ce document n’a pas été retrouvé."
    assert bundle.read("documents/garde.pdf") == BILLED


async def test_two_utilities_may_have_sent_an_invoice_of_the_same_number(town):
    async with transaction(Viewer.system()) as session:
        second = await create_subscriber(session, await create_utility(session), name="Alice Martin, déchets")
        await link(session, await session.get_one(Account, town.alice.viewer.account_id), second)
        await create_invoice(session, town.alice.viewer, number="F-1", pdf_key=storage().add(BILLED))
        theirs = replace(
            town.alice.viewer,
            subscriber_ids=frozenset({second.id}),
            subscribed_utility_ids=frozenset({second.utility_id}),
        )
        await create_invoice(session, theirs, number="F-1", pdf_key=storage().add(LEASE))
    bundle = await build(town.alice.viewer)
    assert {bundle.read("factures/F-1.pdf"), bundle.read("factures/F-1-2.pdf")} == {BILLED, LEASE}


async def test_one_that_was_given_up_meanwhile_leaves_no_file_and_is_told_to_nobody(town):
    """An hour is over, and another was asked for: the first is nobody's any more."""
    alice = town.alice.viewer
    export_id = await ask(alice)
    writing = export_files().writing

    class Slow:
        def writing(self, number: int):
            run_sql("UPDATE data_export SET failed_at = now() WHERE id = %s", export_id)
            return writing(number)

        def remove(self, name: str) -> None:
            export_files().remove(name)

    slow = Slow()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jobs.exports, "export_files", lambda: slow)
        await jobs.build_export(export_id)
    assert list(export_files().folder.glob(f"{export_id}-*")) == []
    assert run_sql("SELECT done_at FROM data_export") == [(None,)]
    assert run_sql("SELECT count(*) FROM mail") == [(0,)]


async def test_a_job_for_what_nobody_asked_makes_nothing(town):
    await jobs.build_export(999_999)
    assert run_sql("SELECT count(*) FROM data_export") == [(0,)]


async def test_a_store_that_is_away_fails_nothing_it_is_tried_again(town, monkeypatch):
    alice = town.alice.viewer
    await place(alice, alice, LEASE, "bail.pdf", is_deposit=True)
    export_id = await ask(alice)

    def away():
        raise Unavailable

    with monkeypatch.context() as patched:
        patched.setattr("portail_app.services.export_papers.storage", away)
        with pytest.raises(Unavailable):
            await jobs.build_export(export_id)
    assert run_sql("SELECT failed_at, done_at FROM data_export") == [(None, None)]
    assert list(export_files().folder.glob(f"{export_id}-*")) == []
    await jobs.build_export(export_id)
    assert read(export_id).read("documents/bail.pdf") == LEASE


@pytest.mark.parametrize("trouble", [Unavailable(), asyncio.CancelledError()], ids=["away", "told to stop"])
def test_what_is_the_portals_own_trouble_is_tried_again_soon(trouble):
    decided = WhenThePortalIsBack().get_retry_decision(exception=trouble, job=JOB)
    soon = datetime.now(UTC) + timedelta(seconds=SECONDS_OF_PATIENCE)
    assert abs(decided.retry_at - soon) < timedelta(seconds=5)


@pytest.mark.parametrize("bug", [ValueError("a bug"), NotFound("Facture")], ids=str)
def test_a_bug_is_not_repeated(bug):
    assert WhenThePortalIsBack().get_retry_decision(exception=bug, job=JOB) is None


async def test_one_that_is_lost_bars_the_next_for_an_hour_and_no_longer(town):
    alice = town.alice.viewer
    now = datetime.now(UTC)
    lost = await ask(alice, now - LOST_AFTER)
    assert await ask(alice, now) == lost
    assert await ask(alice, now + timedelta(seconds=1)) != lost


async def ask(viewer: Viewer, now: datetime | None = None) -> int:
    async with transaction(viewer) as session:
        return (await ask_for_export(session, viewer, now or datetime.now(UTC))).id


async def build(viewer: Viewer) -> zipfile.ZipFile:
    export_id = await ask(viewer)
    await jobs.build_export(export_id)
    return read(export_id)


def read(export_id: int) -> zipfile.ZipFile:
    ((name,),) = run_sql("SELECT file_name FROM data_export WHERE id = %s", export_id)
    return zipfile.ZipFile(export_files().path_of(name))


async def place(by: Viewer, owner: Viewer, content: bytes, name: str, *, is_deposit: bool) -> None:
    upload = Upload(storage().add(content), name, "application/pdf", len(content))
    async with transaction(by) as session:
        await plant_folders(session, owner.subscriber_ids)
        folder = await folder_of(session, owner, FolderKind.SENT)
        await place_once(session, by, folder, upload, NOW, is_deposit=is_deposit)
