"""Who reads which invoice."""

import pytest

from portail_app.errors import NotFound
from portail_app.services import invoices
from tests.factories import create_invoice


async def test_a_subscriber_never_sees_a_neighbours_invoice(session, alice, bruno):
    invoice = await create_invoice(session, owner=bruno)

    assert await invoices.list_invoices(session, alice) == []
    with pytest.raises(NotFound):
        await invoices.find_invoice(session, alice, invoice.number)
