"""A payment is settled once, in one transaction, each invoice for its part (payfip.md 1.6, rules 4 and 6)."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from models import AttemptState, Invoice, InvoiceStatus, PaymentMeans, Receipt
from portail_app.database import transaction
from portail_app.services.payments.settlement import settle_attempt
from portail_app.viewer import Viewer
from tests.factories import NOW, create_invoice
from tests.payments import answer, create_attempt, written_mails

SYSTEM = Viewer.system()
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
async def invoice(session, alice):
    return await create_invoice(session, alice, number="2026-020-000007")


async def test_a_paid_attempt_has_no_appointment_and_no_trouble_left(session, alice, invoice):
    attempt = await create_attempt(
        session, alice, invoice, state=AttemptState.ANOMALY, next_check_at=LATER, trouble="Montant différent"
    )

    await settle_attempt(session, attempt.id, answer(attempt), LATER)

    assert (attempt.state, attempt.settled_at) == (AttemptState.PAID, LATER)
    assert (attempt.next_check_at, attempt.trouble) == (None, "")
    assert (invoice.status, invoice.settled_cents) == (InvoiceStatus.PAID, 24311)


async def test_what_is_settled_twice_is_settled_once(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice)
    await settle_attempt(session, attempt.id, answer(attempt), NOW)

    assert await settle_attempt(session, attempt.id, answer(attempt, resultrans="V"), LATER) is None

    (receipt,) = (await session.exec(select(Receipt))).all()
    assert (receipt.amount_cents, receipt.means, attempt.settled_at) == (24311, PaymentMeans.CARD, NOW)
    assert invoice.settled_cents == 24311
    assert len(await written_mails(session)) == 1


@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
async def test_whatever_was_believed_before_a_payment_counts(session, alice, invoice, state):
    attempt = await create_attempt(session, alice, invoice, state=state)

    assert await settle_attempt(session, attempt.id, answer(attempt), NOW) is not None
    assert invoice.balance_cents == 0


@pytest.mark.parametrize(
    ("billed_meanwhile", "overpaid"),
    [(0, 0), (1, 1), (10_000, 10_000), (24310, 24310), (24311, 24311), (30_000, 24311)],
)
async def test_what_was_no_longer_owed_is_to_be_given_back(session, alice, invoice, billed_meanwhile, overpaid):
    attempt = await create_attempt(session, alice, invoice)
    invoice.billed_paid_cents = billed_meanwhile

    receipt = await settle_attempt(session, attempt.id, answer(attempt), NOW)

    assert (receipt.overpaid_cents, invoice.paid_cents) == (overpaid, billed_meanwhile + 24311)
    assert bool(attempt.trouble) is bool(overpaid)


async def test_a_part_that_was_paid_before_is_not_paid_again_nor_given_back(session, alice):
    partly = await create_invoice(session, alice, billed_paid_cents=10_000)
    attempt = await create_attempt(session, alice, partly)

    receipt = await settle_attempt(session, attempt.id, answer(attempt), NOW)

    assert (receipt.amount_cents, receipt.overpaid_cents) == (14_311, 0)
    assert (partly.settled_cents, partly.balance_cents) == (24311, 0)


async def test_of_a_basket_only_what_the_paid_invoice_owed_no_longer_is_given_back(session, cast, alice, invoice):
    cast.utility.email = "regie@example.fr"
    other = await create_invoice(session, alice, amount_cents=5_000)
    attempt = await create_attempt(session, alice, invoice, other)
    other.billed_paid_cents = 2_000

    receipt = await settle_attempt(session, attempt.id, answer(attempt), NOW)

    assert (receipt.amount_cents, receipt.overpaid_cents) == (29_311, 2_000)
    assert (invoice.settled_cents, other.settled_cents) == (24311, 7_000)
    assert attempt.trouble == "Trop-perçu de 20,00\xa0€ à rembourser : une facture était déjà réglée."


async def test_two_payments_that_share_an_invoice_are_both_kept_and_the_second_is_too_much(session, alice, invoice):
    other = await create_invoice(session, alice, amount_cents=5_000)
    both, one = await create_attempt(session, alice, invoice, other), await create_attempt(session, alice, invoice)

    first = await settle_attempt(session, both.id, answer(both), NOW)
    second = await settle_attempt(session, one.id, answer(one), NOW)

    assert (first.overpaid_cents, second.overpaid_cents) == (0, 24311)
    assert (invoice.settled_cents, other.settled_cents) == (48_622, 5_000)


async def test_two_payments_of_one_invoice_that_are_learnt_of_at_once_are_both_counted(town):
    alice = town.alice.viewer
    async with transaction(alice) as session:
        invoice = await create_invoice(session, alice)
        first, second = [await create_attempt(session, alice, invoice) for _ in range(2)]

    async with transaction(SYSTEM) as one, transaction(SYSTEM) as other:
        known = await other.get_one(Invoice, invoice.id)
        assert known.settled_cents == 0
        await settle_attempt(one, first.id, answer(first), NOW)
        settling = asyncio.create_task(settle_attempt(other, second.id, answer(second), NOW))
        await asyncio.wait([settling], timeout=0.1)
        await one.commit()
        receipt = await settling

    assert receipt.overpaid_cents == 24311
    async with transaction(SYSTEM) as session:
        assert (await session.get_one(Invoice, invoice.id)).settled_cents == 48_622


async def test_the_service_is_told_of_an_overpayment_once_and_in_words(session, cast, alice, invoice):
    cast.utility.email = "regie@example.fr"
    attempt = await create_attempt(session, alice, invoice, reference="ABCDEFGH2345")
    invoice.settled_cents = 24311

    await settle_attempt(session, attempt.id, answer(attempt), NOW)

    (_, (told, text)) = await written_mails(session)
    assert (told.recipient, told.subject) == ("regie@example.fr", "Trop-perçu à rembourser (ABCDEFGH2345)")
    assert "Trop-perçu de 243,11\xa0€ à rembourser" in text


async def test_a_service_without_an_address_finds_it_on_its_page(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice)
    invoice.settled_cents = 24311

    await settle_attempt(session, attempt.id, answer(attempt), NOW)

    assert [mail.recipient for mail, _ in await written_mails(session)] == ["alice@example.fr"]
    assert "à rembourser" in attempt.trouble


@pytest.mark.parametrize(("resultrans", "means"), [("P", PaymentMeans.CARD), ("V", PaymentMeans.DIRECT_DEBIT)])
async def test_a_receipt_keeps_the_means_the_hour_and_the_authorisation_of_payfip(
    session, alice, invoice, resultrans, means
):
    attempt = await create_attempt(session, alice, invoice)
    told = answer(attempt, resultrans=resultrans, transacted_at=NOW - timedelta(minutes=2), numauto="1" * 40)

    receipt = await settle_attempt(session, attempt.id, told, NOW)

    assert (receipt.means, receipt.paid_at) == (means, NOW - timedelta(minutes=2))
    assert receipt.authorisation == "1" * 16


async def test_without_a_readable_hour_a_payment_is_of_the_moment_it_is_known(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice)

    receipt = await settle_attempt(session, attempt.id, answer(attempt, transacted_at=None), LATER)

    assert receipt.paid_at == LATER


@pytest.mark.parametrize(("hour", "year"), [(22, 2026), (23, 2027)])
async def test_a_receipt_of_new_years_eve_has_the_year_of_paris(session, alice, invoice, hour, year):
    attempt = await create_attempt(session, alice, invoice)
    told = answer(attempt, transacted_at=datetime(2026, 12, 31, hour, 59, tzinfo=UTC))

    receipt = await settle_attempt(session, attempt.id, told, LATER)

    assert receipt.number == f"R{year}-{attempt.id:06d}"
