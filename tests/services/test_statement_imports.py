"""A statement that staff send: whose payments it may reconcile, and what is written of its import."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models import AuditEntry, StaffRank, StoredFile
from portail_app.errors import Forbidden, Invalid
from portail_app.gateways.file_kinds import SHEET
from portail_app.imports.treasury import StatementReport
from portail_app.services.files import Owner, Upload, record_file
from portail_app.services.statement_imports import NO_FILE, check_treasurer, find_statement, record_statement
from portail_app.viewer import Viewer
from tests.factories import NOW, create_utility
from tests.services.staff import staff_of

REPORT = StatementReport(read=6, new=3, changed=1, unchanged=1, refused=1)


@pytest.fixture
async def other(session):
    return await create_utility(session, code="assainissement")


@pytest.fixture
def treasurer(chloe, other) -> Viewer:
    """Chloé, who manages the other utility too, and is an agent of a third."""
    return replace(chloe, ranks={**chloe.ranks, other.id: StaffRank.MANAGER, 999: StaffRank.AGENT})


async def send(session, cast, viewer: Viewer, **values) -> StoredFile:
    known = {"key": "a" * 64, "name": "relevé.csv", "media_type": SHEET.media_type, "size_bytes": 10}
    return await record_file(session, viewer, Upload(**{**known, **values}), Owner(cast.utility.id), NOW)


async def test_a_statement_is_for_the_utilities_that_its_sender_manages_and_no_other(session, cast, other, treasurer):
    file = await send(session, cast, treasurer)
    await create_utility(session, code="ailleurs")

    sent = await find_statement(session, treasurer, file.id)

    assert (sent.key, sent.name) == ("a" * 64, "relevé.csv")
    assert sent.codes == {cast.utility.code, "assainissement"}


@pytest.mark.parametrize("rank", [StaffRank.MANAGER, StaffRank.ADMINISTRATOR])
async def test_a_manager_and_above_send_one(session, cast, rank):
    assert check_treasurer(await staff_of(session, cast.utility, rank)) == cast.utility.id


async def test_below_that_rank_nobody_does(session, cast, alice, chloe):
    file = await send(session, cast, chloe)
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)

    for viewer in (alice, agent, Viewer.nobody(), Viewer.system()):
        with pytest.raises(Forbidden):
            check_treasurer(viewer)
        with pytest.raises(Forbidden):
            await find_statement(session, viewer, file.id)


async def test_neither_a_colleague_s_file_nor_a_document_nor_a_missing_one_is_a_statement(session, cast, chloe):
    colleague = await staff_of(session, cast.utility, StaffRank.MANAGER)
    theirs = await send(session, cast, colleague)
    document = await send(session, cast, chloe, media_type="application/pdf")

    for file_id in (theirs.id, document.id, 999_999, 0):
        for use in (find_statement(session, chloe, file_id), record_statement(session, chloe, file_id, REPORT)):
            with pytest.raises(Invalid) as refused:
                await use
            assert (refused.value.sentence, refused.value.field) == (NO_FILE, "file_id")
    assert (await session.exec(select(AuditEntry))).all() == []


async def test_an_import_is_in_the_audit_of_each_utility_and_its_file_is_gone(session, cast, other, treasurer):
    file = await send(session, cast, treasurer)

    await record_statement(session, treasurer, file.id, REPORT)

    entries = (await session.exec(select(AuditEntry).order_by(AuditEntry.utility_id))).all()
    assert [entry.utility_id for entry in entries] == sorted([cast.utility.id, other.id])
    assert {(entry.action, entry.subject, entry.account_id) for entry in entries} == {
        ("Relevé importé", "relevé.csv", treasurer.account_id)
    }
    assert entries[0].details == {"nouvelles": 3, "modifiées": 1, "refusées": 1}
    assert (await session.exec(select(StoredFile))).all() == []
    with pytest.raises(Invalid):
        await record_statement(session, treasurer, file.id, REPORT)
