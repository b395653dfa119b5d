"""Which invoices bill a contract, and which contracts an invoice bills: each one's own only."""

from datetime import date, timedelta

import pytest

from models import InvoiceContract, PartyRole
from portail_app.reading import reader_of
from portail_app.services.billed import MOST_INVOICES, BilledRow, list_contracts_of, list_invoices_of
from tests.factories import TODAY, create_invoice, save
from tests.supplies import create_supply


@pytest.fixture
async def billed(session, alice):
    supply, invoice = await create_supply(session, alice), await create_invoice(session, alice, number="2026-010-1")
    await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=supply.contract.id, volume_litres=60_000))
    return supply.contract, invoice


async def test_a_contract_tells_its_invoices_and_an_invoice_its_contracts(session, alice, billed):
    contract, invoice = billed
    other = await create_supply(session, alice)
    await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=other.contract.id))
    reader = await reader_of(session)

    (row,) = await list_invoices_of(reader, alice, contract.number)
    assert (row.number, row.volume_litres, row.amount_cents) == ("2026-010-1", 60_000, 24311)
    assert await list_contracts_of(reader, alice, "2026-010-1") == (contract.number, other.contract.number)


async def test_the_neighbour_is_told_of_neither(session, bruno, billed):
    contract, invoice = billed
    reader = await reader_of(session)

    assert await list_invoices_of(reader, bruno, contract.number) == ()
    assert await list_contracts_of(reader, bruno, invoice.number) == ()


async def test_an_occupant_who_does_not_pay_follows_the_contract_and_sees_no_bill(session, alice, bruno):
    supply, invoice = await create_supply(session, alice, role=PartyRole.OCCUPANT), await create_invoice(session, bruno)
    await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=supply.contract.id))
    reader = await reader_of(session)

    assert await list_invoices_of(reader, alice, supply.contract.number) == ()
    assert await list_contracts_of(reader, bruno, invoice.number) == ()


async def test_a_row_says_the_days_and_the_volume_that_it_bills(session, alice, billed):
    contract, invoice = billed
    invoice.period_start, invoice.period_end = date(2026, 1, 1), date(2026, 6, 30)
    await session.flush()

    (row,) = await list_invoices_of(await reader_of(session), alice, contract.number)

    assert row == BilledRow("2026-010-1", invoice.issued_on, date(2026, 1, 1), date(2026, 6, 30), 24311, 60_000)


async def test_the_newest_come_first_and_of_a_day_the_last_number(session, alice, billed):
    contract, _ = billed
    for number, days in (("A", 30), ("C", -1), ("B", -1)):
        invoice = await create_invoice(session, alice, number=number, issued_on=TODAY - timedelta(days=days))
        await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=contract.id))

    rows = await list_invoices_of(await reader_of(session), alice, contract.number)

    assert [row.number for row in rows] == ["C", "B", "2026-010-1", "A"]


async def test_another_contract_s_bills_and_a_missing_contract_s_are_not_these(session, alice, billed):
    other = await create_supply(session, alice)
    reader = await reader_of(session)

    for number in (other.contract.number, "INCONNU", ""):
        assert await list_invoices_of(reader, alice, number) == ()
    assert await list_contracts_of(reader, alice, "INCONNU") == ()


async def test_staff_see_both_and_the_newest_are_enough(session, alice, chloe, billed):
    contract, _ = billed
    for _ in range(MOST_INVOICES + 1):
        invoice = await create_invoice(session, alice)
        await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=contract.id))

    assert len(await list_invoices_of(await reader_of(session), chloe, contract.number)) == MOST_INVOICES


async def test_the_last_issued_comes_first_and_of_one_day_the_last_number(session, alice, billed):
    contract, _ = billed
    for number, issued_on in (("2026-030", date(2026, 1, 1)), ("2025-900", TODAY), ("2025-901", TODAY)):
        invoice = await create_invoice(session, alice, number=number, issued_on=issued_on)
        await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=contract.id))

    found = await list_invoices_of(await reader_of(session), alice, contract.number)

    assert [row.number for row in found] == ["2025-901", "2025-900", "2026-010-1", "2026-030"]


async def test_an_invoice_tells_its_contracts_in_the_order_of_their_numbers(session, alice):
    invoice = await create_invoice(session, alice)
    for number in ("C3", "C1", "C2"):
        supply = await create_supply(session, alice, number=number)
        await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=supply.contract.id))

    assert await list_contracts_of(await reader_of(session), alice, invoice.number) == ("C1", "C2", "C3")
