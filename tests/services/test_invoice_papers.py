"""An invoice on paper: billing's own file where it is kept, else what to draw."""

import pytest

from models import InvoiceLine
from portail_app.errors import NotFound
from portail_app.gateways.file_store import FileStore
from portail_app.services.invoice_papers import find_paper
from portail_app.settings import settings
from tests.factories import create_invoice, save
from tests.services.staff import damien_of_elsewhere

STORE = "files"


@pytest.fixture
async def invoice(session, alice):
    invoice = await create_invoice(session, alice, number="2026-020-000007", settled_cents=311)
    for position, label in ((2, "Consommation"), (1, "Abonnement")):
        line = {"rubric": "Eau", "label": label, "amount_cents": 100, "vat_basis_points": 550}
        await save(session, InvoiceLine(invoice_id=invoice.id, position=position, **line))
    return invoice


async def test_billings_own_file_comes_first(session, alice, invoice):
    (subscriber_id,) = alice.subscriber_ids
    invoice.pdf_key = FileStore(settings().data_folder / STORE).add(b"%PDF-1.4 of billing")

    paper = await find_paper(session, alice, "2026-020-000007")

    assert (paper.number, paper.subscriber_id) == ("2026-020-000007", subscriber_id)
    assert (paper.key, paper.sheet) == (invoice.pdf_key, None)


@pytest.mark.parametrize("is_kept", [True, False], ids=["empty", "lost"])
async def test_a_file_that_is_lost_or_empty_is_drawn_instead(session, alice, invoice, is_kept):
    invoice.pdf_key = FileStore(settings().data_folder / STORE).add(b"") if is_kept else "0" * 64

    paper = await find_paper(session, alice, "2026-020-000007")

    assert paper.key is None
    assert paper.sheet is not None


async def test_what_is_drawn_says_the_invoice_its_lines_and_this_portal(session, cast, alice, invoice):
    sheet = (await find_paper(session, alice, "2026-020-000007")).sheet

    assert (sheet.amount_cents, sheet.paid_cents, sheet.balance_cents) == (24311, 311, 24_000)
    assert [line.label for line in sheet.rubrics[0].lines] == ["Abonnement", "Consommation"]
    assert (sheet.addressee[0], sheet.head.name) == ("Alice Martin", cast.utility.name)
    assert sheet.head.portal_address == settings().url


async def test_staff_of_the_utility_have_it_and_nobody_else(session, alice, bruno, chloe, invoice):
    assert (await find_paper(session, chloe, "2026-020-000007")).sheet is not None
    for viewer in (bruno, await damien_of_elsewhere(session)):
        with pytest.raises(NotFound, match=r"^Facture introuvable\.$"):
            await find_paper(session, viewer, "2026-020-000007")
