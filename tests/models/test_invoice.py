"""One invoice: what is left to pay of it, and what it is called."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models import Invoice, InvoiceKind, InvoiceLine, InvoiceRow, InvoiceStatus
from tests.factories import TODAY, create_invoice, create_subscriber, create_utility, save

SENT = date(2026, 9, 1)


def invoice(**values) -> Invoice:
    known = {"utility_id": 1, "subscriber_id": 1, "number": "2026-020-000001", "issued_on": TODAY, "due_on": TODAY}
    return Invoice(**known | {"amount_cents": 24311} | values)


@pytest.mark.parametrize(
    ("billed", "settled", "paid"),
    [(0, 0, 0), (10_000, 0, 10_000), (0, 10_000, 10_000), (10_000, 10_001, 10_001), (10_001, 10_000, 10_001)],
)
def test_what_billing_and_the_portal_both_know_is_counted_once(billed, settled, paid):
    owed = invoice(billed_paid_cents=billed, settled_cents=settled)

    assert (owed.paid_cents, owed.balance_cents) == (paid, 24311 - paid)


@pytest.mark.parametrize(
    ("amount", "paid", "status"),
    [
        (24311, 0, InvoiceStatus.UNPAID),
        (24311, 24310, InvoiceStatus.UNPAID),
        (24311, 24311, InvoiceStatus.PAID),
        (24311, 24312, InvoiceStatus.PAID),
        (1, 0, InvoiceStatus.UNPAID),
        (0, 0, InvoiceStatus.PAID),
        (-500, 0, InvoiceStatus.PAID),
    ],
)
def test_an_invoice_is_paid_once_not_a_cent_of_it_is_left(amount, paid, status):
    assert invoice(amount_cents=amount, billed_paid_cents=paid).status is status
    assert invoice(amount_cents=amount, settled_cents=paid).status is status


@pytest.mark.parametrize(
    ("settled", "status"),
    [(0, InvoiceStatus.AT_TREASURY), (24310, InvoiceStatus.AT_TREASURY), (24311, InvoiceStatus.PAID)],
)
def test_what_the_treasury_has_received_is_no_longer_there(settled, status):
    assert invoice(sent_to_treasury_on=SENT, settled_cents=settled).status is status


@pytest.mark.parametrize("settled", [24312, 50_000])
def test_what_was_paid_beyond_the_amount_is_a_balance_below_zero(settled):
    assert invoice(settled_cents=settled).balance_cents == 24311 - settled


@pytest.mark.parametrize(
    "days", [{"due_on": date(2020, 1, 1)}, {"online_until": date(2020, 1, 1)}, {"is_disputed": True}]
)
def test_neither_lateness_nor_a_dispute_changes_what_an_invoice_is_called(days):
    assert invoice(**days).status is InvoiceStatus.UNPAID


def test_a_page_is_sent_the_balance_and_the_status_and_never_where_the_pdf_is_kept():
    sent = invoice(settled_cents=311, pdf_key="factures/2026.pdf").model_dump()

    assert (sent["paid_cents"], sent["balance_cents"], sent["status"]) == (311, 24_000, "non_reglee")
    assert "factures/2026.pdf" not in sent.values()


def test_a_row_of_a_list_follows_the_same_rules_as_its_invoice():
    whole = invoice(billed_paid_cents=311, sent_to_treasury_on=SENT)
    row = InvoiceRow.model_validate(whole, from_attributes=True)

    assert (row.balance_cents, row.status) == (whole.balance_cents, whole.status) == (24_000, InvoiceStatus.AT_TREASURY)


async def test_a_number_is_one_invoice_of_its_utility_and_another_elsewhere(session, alice):
    await create_invoice(session, alice, number="2026-020-000001")
    elsewhere = await create_utility(session)
    there = {"utility_id": elsewhere.id, "subscriber_id": (await create_subscriber(session, elsewhere)).id}
    await save(session, invoice(**there))

    with pytest.raises(IntegrityError, match="uq_invoice_utility_id_number"):
        await create_invoice(session, alice, number="2026-020-000001")


async def test_two_lines_never_hold_one_place_of_an_invoice(session, alice):
    bill = await create_invoice(session, alice)
    line = {"invoice_id": bill.id, "position": 1, "rubric": "Eau", "label": "Abonnement", "amount_cents": 100}
    await save(session, InvoiceLine(**line))

    with pytest.raises(IntegrityError, match="uq_invoice_line_invoice_id_position"):
        await save(session, InvoiceLine(**line))


async def test_a_kind_is_kept_under_the_word_that_billing_gives(session, alice):
    note = await create_invoice(session, alice, kind=InvoiceKind.CREDIT_NOTE, amount_cents=-500)
    kept = await session.exec(text("SELECT kind FROM invoice WHERE id = :id").bindparams(id=note.id))

    assert kept.scalar_one() == "avoir"
