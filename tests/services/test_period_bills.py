"""The bills of a contract by the days that they bill."""

from datetime import date, timedelta

import pytest

from models import InvoiceContract, InvoiceKind
from portail_app.reading import reader_of
from portail_app.services.period_bills import Bill, read_bills
from tests.factories import TODAY, create_invoice, save
from tests.supplies import create_supply

SEMESTER = (date(2026, 1, 1), date(2026, 6, 30))


@pytest.fixture
async def contract(session, alice):
    return (await create_supply(session, alice)).contract


@pytest.fixture
async def bill(session, alice, contract):
    async def write(number, *, owner=alice, contracts=(contract,), days=SEMESTER, **values):
        values = {"number": number, "period_start": days[0], "period_end": days[1], **values}
        invoice = await create_invoice(session, owner, **values)
        for one in contracts:
            await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=one.id))

    return write


@pytest.fixture
async def bills(session, alice, contract):
    async def read(viewer=alice, contract_id=contract.id) -> dict:
        return await read_bills(await reader_of(session), viewer, contract_id)

    return read


async def test_each_bill_stands_under_the_days_that_it_bills(bill, bills):
    autumn = (date(2026, 7, 1), date(2026, 9, 30))
    await bill("A", amount_cents=7_600)
    await bill("B", amount_cents=3_000, days=autumn)

    assert await bills() == {SEMESTER: Bill("A", 7_600), autumn: Bill("B", 3_000)}


async def test_a_bill_that_was_written_again_takes_the_place_of_the_first(bill, bills):
    await bill("CORRIGEE", amount_cents=7_000, issued_on=TODAY)
    await bill("PREMIERE", amount_cents=7_600, issued_on=TODAY - timedelta(days=30))

    assert await bills() == {SEMESTER: Bill("CORRIGEE", 7_000)}


async def test_a_credit_note_is_no_bill_of_its_days(bill, bills):
    await bill("A", amount_cents=7_600)
    await bill("B", kind=InvoiceKind.CREDIT_NOTE, amount_cents=-7_600)

    assert await bills() == {SEMESTER: Bill("A", 7_600)}


async def test_a_bill_of_two_contracts_says_nothing_of_one(session, alice, contract, bill, bills):
    other = (await create_supply(session, alice)).contract
    await bill("A", contracts=(contract, other))
    await bill("B", contracts=(other,))

    assert await bills() == {}
    assert list(await bills(contract_id=other.id)) == [SEMESTER]


async def test_only_the_bills_that_the_viewer_may_read_are_told(bruno, chloe, bill, bills):
    await bill("A")

    assert (len(await bills(chloe)), await bills(bruno), await bills(contract_id=None)) == (1, {}, {})
