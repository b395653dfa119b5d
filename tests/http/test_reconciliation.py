"""The reconciliation as a file, for staff of the utility and nobody else."""

import csv

import pytest

from portail_app.database import transaction
from portail_app.services.difference_explanations import explain_difference
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer
from tests import factories
from tests.receipts import create_line, create_receipt

PATH = "/agent/rapprochement.csv"


@pytest.fixture
async def books(town):
    """One payment that fits, and one line that the portal does not know."""
    async with transaction(Viewer.system()) as session:
        await create_receipt(session, town.alice.viewer, "000001", today(), authorisation="A1")
        await create_line(session, town.utility, "2026-020-000001", today())
        return await create_line(session, town.utility, "=1+1", today(), amount_cents=-50)


async def export(portal, person, **query) -> list[dict[str, str]]:
    answer = await portal.get(PATH, params=query, headers={"cookie": person.cookie})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["cache-control"] == "private, no-store"
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))


async def test_staff_export_what_the_page_shows(portal, town, books):
    (line,) = await export(portal, town.chloe, onglet="rapproches")

    assert line == {
        "jour": str(today()),
        "reference": "2026020000001",
        "factures": "2026-020-000001",
        "autorisation": "A1",
        "montant_portail": "243,11",
        "montant_releve": "243,11",
        "jour_releve": str(today()),
        "etat": "rapproché",
        "explication": "",
    }
    assert len(await export(portal, town.chloe, onglet="tous")) == 2


async def test_no_cell_is_a_formula_to_a_spreadsheet(portal, town, books):
    async with transaction(town.chloe.viewer) as session:
        await explain_difference(session, town.chloe.viewer, books.id, None, "@SUM(A1)", now())
    (line,) = await export(portal, town.chloe, onglet="expliques")

    assert (line["reference"], line["explication"]) == ("'=1+1", "'@SUM(A1)")
    assert (line["montant_portail"], line["montant_releve"]) == ("", "-0,50")


async def test_a_side_that_does_not_know_a_payment_leaves_its_cells_empty(portal, town):
    async with transaction(Viewer.system()) as session:
        await create_receipt(session, town.alice.viewer, "000001", today())
    (line,) = await export(portal, town.chloe, onglet="en-attente")

    assert (line["montant_portail"], line["montant_releve"], line["jour_releve"]) == ("243,11", "", "")
    assert line["etat"] == "relevé à venir"


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bruno", 403), ("nobody", 401)])
async def test_nobody_else_has_it(portal, town, books, who, status):
    headers = {"cookie": getattr(town, who).cookie} if who != "nobody" else {}
    answer = await portal.get(PATH, headers=headers)

    assert answer.status_code == status
    assert "2026020000001" not in answer.text


async def test_staff_of_elsewhere_export_their_own(portal, town, books):
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, "denis@example.fr")
        await factories.appoint(session, account, await factories.create_utility(session))
        _, token = await factories.sign_in(session, account)
    answer = await portal.get(PATH, params={"onglet": "tous"}, headers={"cookie": f"portail_session={token}"})

    assert (answer.status_code, len(answer.text.splitlines())) == (200, 1)


@pytest.mark.parametrize("query", [{"jour": "zz"}, {"onglet": "'"}, {"page": "99999999999"}, {"recherche": "%"}])
async def test_any_query_has_an_answer(portal, town, books, query):
    assert len(await export(portal, town.chloe, **query)) <= 1
