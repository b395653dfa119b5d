"""Who reads which invoice."""

import pytest

from models import InvoiceLine
from portail_app.errors import NotFound
from portail_app.services import invoices
from tests.factories import create_invoice, save


async def test_a_subscriber_never_sees_a_neighbours_invoice(session, alice, bruno):
    invoice = await create_invoice(session, owner=bruno)

    with pytest.raises(NotFound):
        await invoices.find_invoice(session, alice, invoice.number)


async def test_she_finds_her_own_and_its_lines_in_their_order(session, alice):
    invoice = await create_invoice(session, owner=alice)
    for position in (2, 1):
        line = InvoiceLine(invoice_id=invoice.id, position=position, rubric="Eau", label="x", amount_cents=1)
        await save(session, line)

    found = await invoices.find_invoice(session, alice, invoice.number)

    assert found == invoice
    assert [line.position for line in await invoices.list_lines(session, found)] == [1, 2]


async def test_a_missing_invoice_and_a_neighbours_are_the_same_refusal(session, alice, bruno):
    his = await create_invoice(session, owner=bruno)
    refusals = []
    for number in (his.number, "9999-999-999999"):
        with pytest.raises(NotFound) as refused:
            await invoices.find_invoice(session, alice, number)
        refusals.append(refused.value.sentence)
    assert refusals[0] == refusals[1] == "Facture introuvable."
