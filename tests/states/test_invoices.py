"""The page of invoices, as a tab of the browser knows it."""

import pytest

from portail_app.database import transaction
from portail_app.errors import Forbidden, NotSignedIn
from portail_app.states.invoices import InvoicesState
from tests.factories import create_invoice
from tests.tabs import open_tab


async def test_a_subscriber_sees_her_own_invoices(town):
    async with transaction(town.alice.viewer) as session:
        invoice = await create_invoice(session, owner=town.alice.viewer)
        await create_invoice(session, owner=town.bruno.viewer)

    tab = await open_tab(InvoicesState, town.alice)
    await tab.load()

    assert [row.number for row in tab.invoices] == [invoice.number]


async def test_nobody_sees_nothing(town):
    tab = await open_tab(InvoicesState, None)
    with pytest.raises(NotSignedIn):
        await tab.load()
    assert tab.invoices == ()


async def test_staff_hold_no_subscriber_and_are_told_so(town):
    tab = await open_tab(InvoicesState, town.chloe)
    with pytest.raises(Forbidden):
        await tab.load()
