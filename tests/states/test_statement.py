"""A statement sent on the page of the reconciliation: seen first, written once it is confirmed, and told to nobody
else."""

import httpx
import pytest
from sqlmodel import select

from models import Agreement, AuditEntry, StaffRank, StatementLine, StoredFile
from portail_app.database import transaction
from portail_app.http import http_app
from portail_app.http.guard import Guard
from portail_app.services.files import Owner, record_file
from portail_app.services.publishing import NO_FILE
from portail_app.states.clock import now, today
from portail_app.states.publishing import PublishingState
from portail_app.states.reconciliation import ReconciliationState
from portail_app.states.statement import StatementState
from portail_app.viewer import Viewer
from tests import factories, files
from tests.cast import Person
from tests.documents import upload
from tests.http.client import ORIGIN
from tests.receipts import create_receipt
from tests.stores import contents, rows
from tests.tabs import open_tab

PATH = "/agent/rapprochement"
HEADER = "collectivite;reference_paiement;date_paiement;montant;autorisation"


@pytest.fixture
async def portal():
    transport = httpx.ASGITransport(app=Guard(http_app))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


@pytest.fixture
async def receipt(town):
    async with transaction(Viewer.system()) as session:
        return await create_receipt(session, town.alice.viewer, "002059", today())


def statement(town, amount="243,11") -> bytes:
    line = f"{town.utility.code};2026020002059;{today():%d/%m/%Y};{amount};"
    return f"{HEADER}\n{line}\n{town.utility.code};X;hier;1,00;\n".encode()


async def send(portal, person, content, name="relevé novembre.csv"):
    headers = {"cookie": person.cookie if person else ""}
    return await portal.post(f"{PATH}/releve", params={"nom": name}, content=content, headers=headers)


async def rehearsed(portal, town, content=None):
    answer = await send(portal, town.chloe, content or statement(town))
    tab = await open_tab(StatementState, town.chloe, PATH)
    await tab.rehearse(form_data={"file_id": str(answer.json()["id"])})
    return tab


async def all_of(entity):
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(entity))).all())


async def test_it_is_seen_then_written_and_the_payment_is_reconciled(portal, town, receipt):
    tab = await rehearsed(portal, town)
    assert (tab.name, tab.report.read, tab.report.new, tab.report.refused) == ("relevé novembre.csv", 2, 1, 1)
    assert [refused.line for refused in tab.report.refusals] == [3]
    assert await all_of(StatementLine) == []

    asked = await tab.write()
    assert asked is not None
    assert (tab.done, tab.name) == ("1 ligne enregistrée, 1 refusée.", "")
    listed = await open_tab(ReconciliationState, town.chloe, PATH, onglet="rapproches")
    await listed.load()
    assert [payment.agreement for payment in listed.found.payments] == [Agreement.MATCHED]
    (entry,) = [entry for entry in await all_of(AuditEntry) if entry.action == "Relevé importé"]
    assert entry.details == {"nouvelles": 1, "modifiées": 0, "refusées": 1}
    assert await all_of(StoredFile) == []


async def test_what_is_given_up_is_not_written(portal, town):
    tab = await rehearsed(portal, town)
    await tab.give_up()
    assert tab.name == ""
    await tab.write()
    assert tab.error == "Choisissez d’abord le relevé à importer."
    assert await all_of(StatementLine) == []


async def test_written_twice_it_is_said_that_nothing_is_new(portal, town):
    await (await rehearsed(portal, town)).write()
    tab = await rehearsed(portal, town)
    await tab.write()

    assert tab.done == "Le relevé n’apporte rien de nouveau."
    assert len(await all_of(StatementLine)) == 1


@pytest.mark.parametrize("content", [files.pdf(), files.PROGRAM, b"collectivite\0;reference", files.xlsx(), b""])
async def test_what_is_no_text_is_refused_and_leaves_nothing(portal, town, content):
    before = await contents()
    answer = await send(portal, town.chloe, content)

    assert answer.status_code == 422
    assert answer.json()["sentence"]
    assert (await contents(), await rows()) == (before, [])


@pytest.mark.parametrize("content", [b"bonjour\n", "é;à\n1;2\n".encode("utf-16"), b"\xff\xfe", b'"' * 3000])
async def test_text_that_is_no_statement_is_said_and_writes_nothing(portal, town, content):
    tab = await rehearsed(portal, town, content)

    assert (tab.report.written, tab.report.refusals[0].line) == (0, 0)
    assert tab.report.refusals[0].reason


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bruno", 403), ("nobody", 401)])
async def test_only_staff_send_one(portal, town, who, status):
    answer = await send(portal, getattr(town, who, None), statement(town))

    assert answer.status_code == status
    assert await all_of(StoredFile) == []


async def test_an_agent_below_manager_sends_none_and_uses_nobody_elses(portal, town):
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, "damien@example.fr")
        await factories.appoint(session, account, town.utility, StaffRank.MANAGER)
        damien = Person(*await factories.sign_in(session, account))
        account = await factories.create_account(session, "eve@example.fr")
        await factories.appoint(session, account, town.utility, StaffRank.AGENT)
        eve = Person(*await factories.sign_in(session, account))
    file_id = (await send(portal, town.chloe, statement(town))).json()["id"]

    assert (await send(portal, eve, statement(town))).status_code == 403
    for person, sentence in ((damien, "Choisissez d’abord"), (eve, "Vous n’avez pas accès")):
        tab = await open_tab(StatementState, person, PATH)
        await tab.rehearse(form_data={"file_id": str(file_id)})
        assert sentence in tab.error
        assert tab.name == ""


async def test_a_statement_is_not_published_and_a_document_is_no_statement(portal, town):
    file_id = (await send(portal, town.chloe, statement(town))).json()["id"]
    publishing = await open_tab(PublishingState, town.chloe, "/agent/documents")
    await publishing.prepare(form_data={"utility_id": str(town.utility.id), "file_id": str(file_id), "kind": "contrat"})
    await publishing.publish()
    assert publishing.error == NO_FILE

    async with transaction(town.chloe.viewer) as session:
        document = await record_file(session, town.chloe.viewer, upload(), Owner(town.utility.id), now())
    for form in ({"file_id": str(document.id)}, {"file_id": "x"}, {}):
        tab = await open_tab(StatementState, town.chloe, PATH)
        await tab.rehearse(form_data=form)
        assert tab.error
        assert tab.name == ""
