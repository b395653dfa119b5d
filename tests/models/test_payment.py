"""One attempt to pay, what it covers and its receipt: what may never be twice, and what never leaves the server."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from models import (
    AttemptState,
    PaymentAllocation,
    PaymentAnswer,
    PaymentAttempt,
    PaymentMeans,
    PaymentMode,
    Receipt,
    Secret,
)
from portail_app.formats import PARIS
from tests.factories import NOW, create_invoice, save
from tests.payments import create_attempt

IDOP = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
async def invoice(session, alice):
    return await create_invoice(session, alice)


def receipt(attempt: PaymentAttempt, number: str = "R2026-000001", **values) -> Receipt:
    return Receipt(attempt_id=attempt.id, number=number, amount_cents=24311, **{"paid_at": NOW, **values})


def test_a_new_attempt_is_prepared_and_nobody_has_an_appointment_for_it():
    new = PaymentAttempt(amount_cents=100)

    assert (new.state, new.idop, new.opened_at, new.settled_at) == (AttemptState.PREPARED, None, None, None)
    assert (new.next_check_at, new.checks, new.trouble) == (None, 0, "")
    assert new.created_at.utcoffset() == timedelta(0)


def test_the_idop_which_lets_anybody_pay_is_sent_to_no_page():
    assert IDOP not in PaymentAttempt(amount_cents=100, idop=IDOP).model_dump().values()


def test_what_payfip_answered_is_a_secret():
    assert issubclass(PaymentAnswer, Secret)


def test_a_receipt_is_of_a_card_without_a_refund_unless_told_otherwise():
    new = Receipt(attempt_id=1, number="R2026-000001", amount_cents=100, paid_at=NOW)

    assert (new.means, new.overpaid_cents, new.authorisation) == (PaymentMeans.CARD, 0, "")


async def test_an_attempt_has_one_receipt(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice)
    await save(session, receipt(attempt))

    with pytest.raises(IntegrityError, match="receipt_attempt_id"):
        await save(session, receipt(attempt, "R2026-000002"))


async def test_a_receipts_number_is_nobody_elses(session, alice, invoice):
    first, second = [await create_attempt(session, alice, invoice) for _ in range(2)]
    await save(session, receipt(first))

    with pytest.raises(IntegrityError, match="receipt_number"):
        await save(session, receipt(second))


async def test_an_idop_is_of_one_attempt_and_many_have_none_yet(session, alice, invoice):
    for _ in range(2):
        await create_attempt(session, alice, invoice)
    await create_attempt(session, alice, invoice, idop=IDOP)

    with pytest.raises(IntegrityError, match="payment_attempt_idop"):
        await create_attempt(session, alice, invoice, idop=IDOP)


async def test_a_reference_in_a_url_is_of_one_attempt(session, alice, invoice):
    await create_attempt(session, alice, invoice, reference="ABCDEFGH2345")

    with pytest.raises(IntegrityError, match="payment_attempt_reference"):
        await create_attempt(session, alice, invoice, reference="ABCDEFGH2345")


async def test_an_invoice_is_paid_once_by_an_attempt(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice)
    again = {"attempt_id": attempt.id, "invoice_id": invoice.id, "amount_cents": 1}

    with pytest.raises(IntegrityError, match="uq_payment_allocation_attempt_id_invoice_id"):
        await save(session, PaymentAllocation(invoice_number=invoice.number, **again))


async def test_an_instant_comes_back_the_same_whatever_the_clock_that_told_it(session, alice, invoice):
    told = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1)  # the hour that comes twice in Paris: the second time
    attempt = await create_attempt(session, alice, invoice, opened_at=told)
    await session.refresh(attempt)

    assert attempt.opened_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("mode", PaymentMode)
async def test_the_mode_of_an_attempt_is_one_of_payfip_s_letters(session, alice, invoice, mode):
    attempt = await create_attempt(session, alice, invoice, mode=mode)
    await session.refresh(attempt)

    assert attempt.mode is mode
    assert mode.value in "TXW"
