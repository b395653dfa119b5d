"""The page of one invoice, as a tab of the browser knows it."""

from urllib.parse import quote

import pytest

from models import InvoiceLine
from portail_app.database import transaction
from portail_app.errors import NotSignedIn
from portail_app.states.invoice import InvoiceState
from tests.factories import create_invoice, save
from tests.tabs import open_tab

LINES = (
    ("Distribution de l'eau", "Abonnement", 2435, 550),
    ("Distribution de l'eau", "Consommation", 7470, 550),
    ("Collecte et traitement des eaux usées", "Consommation", 8010, 1000),
)


@pytest.fixture
async def invoice(town):
    async with transaction(town.alice.viewer) as session:
        invoice = await create_invoice(session, owner=town.alice.viewer, number="2026-020-1")
        for position, (rubric, label, cents, vat) in enumerate(LINES):
            values = {"rubric": rubric, "label": label, "amount_cents": cents, "vat_basis_points": vat}
            await save(session, InvoiceLine(invoice_id=invoice.id, position=position, **values))
    return invoice


async def open_invoice(person, number):
    tab = await open_tab(InvoiceState, person, f"/factures/{quote(number, safe='')}")
    await tab.load()
    return tab


async def test_she_sees_the_lines_of_her_invoice_by_rubric(town, invoice):
    tab = await open_invoice(town.alice, invoice.number)

    assert tab.invoice == invoice
    shown = {rubric: [line.label for line in lines] for rubric, lines in tab.rubrics.items()}
    assert shown == {
        "Distribution de l'eau": ["Abonnement", "Consommation"],
        "Collecte et traitement des eaux usées": ["Consommation"],
    }


async def test_the_sums_take_vat_by_rate(town, invoice):
    tab = await open_invoice(town.alice, invoice.number)

    assert tab.totals == {"net": 17915, "gross": 17915 + 545 + 801}
    assert tab.vat_shares == [{"basis_points": 550, "cents": 545}, {"basis_points": 1000, "cents": 801}]


async def test_a_neighbour_is_told_that_there_is_none_and_keeps_nothing(town, invoice):
    tab = await open_invoice(town.bruno, invoice.number)
    assert tab.missing == "Facture introuvable."
    assert tab.invoice is None
    assert tab.rubrics == {}


@pytest.mark.parametrize("number", ["zz", "../1", "%", "'; --", "é" * 300])
async def test_any_number_in_the_url_has_an_answer(town, number):
    assert (await open_invoice(town.alice, number)).missing == "Facture introuvable."


async def test_nobody_is_sent_to_sign_in_and_back(invoice):
    with pytest.raises(NotSignedIn) as refused:
        await open_invoice(None, invoice.number)
    assert refused.value.return_to.startswith(f"/factures/{invoice.number}")
