"""A payment ends paid once, or not at all: whatever PayFiP says, in whatever order, and whoever says it again."""

import asyncio
from datetime import timedelta

import pytest

from models import AttemptState, InvoiceStatus, PaymentMeans, PaymentMode
from portail_app.database import transaction
from portail_app.errors import NotPayable
from portail_app.jobs.payments import check_payment
from tests.paying.desk import SYSTEM, change_utility


async def test_a_payment_accepted_settles_the_invoice_and_gives_a_receipt(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop)

    settled = await desk.check(attempt)

    assert settled.state is AttemptState.PAID
    assert settled.next_check_at is None
    paid = await desk.fresh(invoice)
    assert (paid.balance_cents, paid.status) == (0, InvoiceStatus.PAID)
    (receipt,) = await desk.receipts()
    assert (receipt.amount_cents, receipt.overpaid_cents) == (24311, 0)
    assert receipt.means is PaymentMeans.CARD
    assert receipt.authorisation == "112233445566-tip"
    assert receipt.number == f"R{desk.now.year}-{attempt.id:06d}"
    (mail,) = await desk.mails()
    assert (mail.recipient, mail.subject) == ("alice@example.fr", "Votre paiement a bien été reçu")


async def test_a_direct_debit_is_a_payment_too(desk):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop, "V")

    await desk.check(attempt)

    (receipt,) = await desk.receipts()
    assert receipt.means is PaymentMeans.DIRECT_DEBIT


async def test_every_raw_answer_is_kept(desk):
    attempt, idop = await desk.begin(await desk.invoice())
    await desk.check(attempt)
    desk.payfip.pay(idop)
    await desk.check(attempt)

    answers = await desk.answers()

    assert [answer.operation for answer in answers] == [
        "creerPaiementSecurise",
        *["recupererDetailPaiementSecurise"] * 2,
    ]
    assert idop in answers[0].raw_xml
    assert "P5" in answers[1].raw_xml
    assert "<resultrans>P</resultrans>" in answers[2].raw_xml


async def test_many_checks_at_once_pay_once(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop)

    await asyncio.gather(*(check_payment(attempt.id, desk.now) for _ in range(8)))

    assert len(await desk.receipts()) == 1
    assert len(await desk.mails()) == 1
    assert (await desk.fresh(invoice)).settled_cents == 24311


async def test_several_invoices_are_settled_each_for_its_part(desk):
    await change_utility(desk, several_invoices_per_payment=True)
    first, second = await desk.invoice(), await desk.invoice(amount_cents=5_000, billed_paid_cents=1_000)
    attempt, idop = await desk.begin(first, second)
    desk.payfip.pay(idop)

    await desk.check(attempt)

    assert [(await desk.fresh(row)).paid_cents for row in (first, second)] == [24311, 5_000]
    (receipt,) = await desk.receipts()
    assert receipt.amount_cents == 28_311


async def test_a_refused_card_leaves_the_invoice_open_for_another_try_at_once(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop, "R")

    assert (await desk.check(attempt)).state is AttemptState.REFUSED
    again, other_idop = await desk.begin(invoice)

    assert other_idop != idop
    assert again.reference != attempt.reference


async def test_a_payment_believed_expired_is_revived_by_its_late_result(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.open_page(idop)
    desk.advance(121)
    expired = await desk.check(attempt)
    assert expired.state is AttemptState.EXPIRED
    assert expired.next_check_at is not None

    desk.payfip.conclude(idop, "P")

    assert (await desk.check(attempt)).state is AttemptState.PAID


async def test_a_payment_purged_by_payfip_expires_and_is_left_alone(desk):
    attempt, _ = await desk.begin(await desk.invoice())
    desk.payfip.fall_asleep()
    desk.late_by = timedelta(days=1)

    expired = await desk.check(attempt)

    assert expired.state is AttemptState.EXPIRED
    assert expired.next_check_at is None


async def test_a_paid_attempt_stays_paid_whatever_payfip_says_later(desk):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    await desk.check(attempt)
    desk.payfip.conclude(idop, "R")

    assert (await desk.check(attempt)).state is AttemptState.PAID
    assert len(await desk.receipts()) == 1


@pytest.mark.parametrize(
    "lie", [{"amount_error_cents": -1}, {"refdet": "2026999999999"}, {"numcli": "004201"}, {"saisie": "W"}]
)
async def test_an_answer_that_differs_settles_nothing_and_alerts_staff_once(desk, lie):
    await change_utility(desk, email="regie@example.fr")
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop)
    desk.payfip.behave(**lie)

    first = await desk.check(attempt)
    await desk.check(attempt)

    assert first.state is AttemptState.ANOMALY
    assert first.trouble
    assert first.next_check_at is not None
    assert (await desk.fresh(invoice)).paid_cents == 0
    assert await desk.receipts() == []
    (mail,) = await desk.mails()
    assert mail.recipient == "regie@example.fr"


async def test_an_anomaly_that_heals_ends_paid(desk):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    desk.payfip.behave(amount_error_cents=100)
    await desk.check(attempt)
    desk.payfip.reset()

    healed = await desk.check(attempt)

    assert (healed.state, healed.trouble) == (AttemptState.PAID, "")


async def test_an_unknown_result_is_parked_and_nobody_pays_twice_meanwhile(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop)
    desk.payfip.behave(resultrans="W")

    assert (await desk.check(attempt)).state is AttemptState.ANOMALY
    desk.advance(60)
    with pytest.raises(NotPayable, match="vérification par le service"):
        await desk.prepare(invoice)


async def test_a_test_payment_is_worth_nothing_in_production(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop)
    await change_utility(desk, payfip_mode=PaymentMode.PRODUCTION)

    assert (await desk.check(attempt)).state is AttemptState.ANOMALY
    assert (await desk.fresh(invoice)).paid_cents == 0


@pytest.mark.parametrize(
    "trouble",
    [
        {"trouble": "fault", "fault": "999"},
        {"trouble": "fault", "fault": "TechIndisponibiliteErreur"},
        {"trouble": "http", "http_status": 500},
        {"trouble": "http", "http_status": 503},
    ],
)
async def test_while_payfip_is_down_nothing_is_concluded(desk, trouble):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    desk.payfip.behave(**trouble)

    waiting = await desk.check(attempt)

    assert waiting.state is AttemptState.PENDING
    assert waiting.next_check_at > desk.now
    desk.payfip.reset()
    assert (await desk.check(attempt)).state is AttemptState.PAID


async def test_a_technical_error_is_given_half_an_hour(desk):
    attempt, _ = await desk.begin(await desk.invoice())
    desk.payfip.behave(trouble="fault", fault="999")

    waiting = await desk.check(attempt)

    assert timedelta(minutes=29) < waiting.next_check_at - desk.now <= timedelta(minutes=30)


async def test_paid_twice_is_recorded_as_an_overpayment_to_refund(desk):
    await change_utility(desk, email="regie@example.fr")
    invoice = await desk.invoice()
    first, first_idop = await desk.begin(invoice)
    desk.payfip.open_page(first_idop)
    desk.advance(21)
    second, second_idop = await desk.begin(invoice)
    desk.payfip.pay(second_idop)
    await desk.check(second)
    desk.payfip.choose(first_idop, "P")

    late = await desk.check(first)

    assert late.state is AttemptState.PAID
    assert "à rembourser" in late.trouble
    assert [receipt.overpaid_cents for receipt in await desk.receipts()] == [0, 24311]
    assert "Trop-perçu" in (await desk.mails())[-1].subject


async def test_a_basket_paid_after_one_of_its_invoices_was_paid_alone_gives_that_one_back(desk):
    await change_utility(desk, several_invoices_per_payment=True)
    shared, other = await desk.invoice(), await desk.invoice(amount_cents=5_000)
    basket, basket_idop = await desk.begin(shared, other)
    desk.payfip.open_page(basket_idop)
    desk.advance(21)
    alone, alone_idop = await desk.begin(shared)
    desk.payfip.pay(alone_idop)
    await desk.check(alone)
    desk.payfip.choose(basket_idop, "P")

    assert (await desk.check(basket)).state is AttemptState.PAID

    assert [(await desk.fresh(row)).balance_cents for row in (shared, other)] == [-24311, 0]
    assert [receipt.overpaid_cents for receipt in await desk.receipts()] == [0, 24311]
    assert [receipt.amount_cents for receipt in await desk.receipts()] == [24311, 29_311]


async def test_what_billing_was_told_meanwhile_counts_as_paid(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    async with transaction(SYSTEM) as session:
        (await session.get_one(type(invoice), invoice.id)).billed_paid_cents = 20_000
    desk.payfip.pay(idop)

    await desk.check(attempt)

    (receipt,) = await desk.receipts()
    assert receipt.overpaid_cents == 20_000
    assert (await desk.fresh(invoice)).settled_cents == 44_311
