"""What PayFiP answers is kept, and acted upon once (payfip.md 1.6, rules 2, 4, 6 and 8)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AttemptState, PaymentAnswer, Receipt
from portail_app.gateways.payfip import TechnicalTrouble
from portail_app.gateways.payfip.faults import FaultDetail, fault_for
from portail_app.services.payments.checks import OPERATION, find_question, record_answer
from tests.factories import NOW, create_invoice, save
from tests.payments import answer, create_attempt, written_mails

IDOP = "11111111-2222-3333-4444-555555555555"
ANY = timedelta(0)
SECOND = timedelta(seconds=1)
OPENED = NOW - timedelta(minutes=5)


@pytest.fixture
async def invoice(session, alice):
    return await create_invoice(session, alice)


@pytest.fixture
async def attempt(session, alice, invoice):
    return await create_attempt(
        session, alice, invoice, idop=IDOP, state=AttemptState.PENDING, opened_at=OPENED, created_at=OPENED
    )


@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
async def test_until_it_is_paid_payfip_is_asked_about_a_payment(session, attempt, state):
    attempt.state = state

    assert await find_question(session, attempt.id, NOW, ANY) == IDOP


async def test_what_is_paid_was_never_handed_over_or_is_not_there_is_not_asked_about(session, alice, invoice, attempt):
    attempt.state = AttemptState.PAID
    prepared = await create_attempt(session, alice, invoice)

    for attempt_id in (attempt.id, prepared.id, 10**9):
        assert await find_question(session, attempt_id, NOW, ANY) is None


@pytest.mark.parametrize(("seconds", "is_asked"), [(0, False), (4, False), (5, True), (6, True)])
async def test_an_answer_of_a_moment_ago_is_not_asked_for_again(session, attempt, seconds, is_asked):
    for age in (timedelta(hours=1), seconds * SECOND):
        kept = {"attempt_id": attempt.id, "operation": OPERATION, "received_at": NOW - age}
        await save(session, PaymentAnswer(raw_xml="<resultat/>", **kept))

    asked = await find_question(session, attempt.id, NOW, 5 * SECOND)

    assert asked == (IDOP if is_asked else None)


async def test_an_answer_about_another_payment_or_at_the_hand_over_is_none(session, alice, invoice, attempt):
    other = await create_attempt(session, alice, invoice)
    for attempt_id, operation in ((other.id, OPERATION), (attempt.id, "creerPaiementSecurise")):
        kept = {"attempt_id": attempt_id, "operation": operation, "received_at": NOW}
        await save(session, PaymentAnswer(raw_xml="<resultat/>", **kept))

    assert await find_question(session, attempt.id, NOW, 5 * SECOND) == IDOP


async def test_an_answer_moves_the_appointment_and_is_counted(session, attempt):
    silence = fault_for(FaultDetail("FonctionnelleErreur", "P5", "", "", 2), "<p5/>")

    assert await record_answer(session, attempt.id, silence, NOW) is AttemptState.PENDING
    assert await record_answer(session, attempt.id, silence, NOW + SECOND) is AttemptState.PENDING

    assert (attempt.checks, attempt.next_check_at) == (2, OPENED + timedelta(minutes=6))
    kept = (await session.exec(select(PaymentAnswer).order_by(PaymentAnswer.id))).all()
    assert [(one.operation, one.raw_xml, one.received_at) for one in kept] == [
        (OPERATION, "<p5/>", NOW),
        (OPERATION, "<p5/>", NOW + SECOND),
    ]


async def test_an_answer_is_about_its_own_payment_only(session, alice, attempt):
    other = await create_attempt(session, alice, await create_invoice(session, alice), state=AttemptState.PENDING)

    assert await record_answer(session, attempt.id, answer(attempt), NOW) is AttemptState.PAID
    assert (other.state, other.checks) == (AttemptState.PENDING, 0)


async def test_a_call_without_an_answer_leaves_nothing_to_keep(session, attempt):
    await record_answer(session, attempt.id, TechnicalTrouble("Pas de réponse"), NOW)

    assert (await session.exec(select(PaymentAnswer))).all() == []
    assert (attempt.state, attempt.checks) == (AttemptState.PENDING, 1)


async def test_a_paid_payment_stays_paid_and_what_payfip_said_later_is_kept(session, invoice, attempt):
    assert await record_answer(session, attempt.id, answer(attempt), NOW) is AttemptState.PAID
    for resultrans in "RZA":
        refused = answer(attempt, resultrans=resultrans, raw_xml=f"<{resultrans}/>")
        assert await record_answer(session, attempt.id, refused, NOW) is AttemptState.PAID
    assert await record_answer(session, attempt.id, answer(attempt), NOW) is AttemptState.PAID

    assert (attempt.state, attempt.next_check_at, attempt.checks) == (AttemptState.PAID, None, 1)
    assert (len((await session.exec(select(PaymentAnswer))).all()), invoice.settled_cents) == (5, 24311)
    assert len((await session.exec(select(Receipt))).all()) == len(await written_mails(session)) == 1


@pytest.mark.parametrize("resultrans", ["R", "Z", "A", "W", "", "P "])
async def test_no_other_result_settles_an_invoice(session, invoice, attempt, resultrans):
    await record_answer(session, attempt.id, answer(attempt, resultrans=resultrans), NOW)

    assert attempt.state is not AttemptState.PAID
    assert invoice.settled_cents == 0
    assert (await session.exec(select(Receipt))).all() == []


@pytest.mark.parametrize("revived", [AttemptState.REFUSED, AttemptState.CANCELLED, AttemptState.EXPIRED])
async def test_what_came_to_nothing_is_revived_by_a_late_payment(session, invoice, attempt, revived):
    attempt.state = revived

    assert await record_answer(session, attempt.id, answer(attempt), NOW) is AttemptState.PAID
    assert invoice.balance_cents == 0


async def test_an_anomaly_is_told_once_with_what_payfip_and_the_portal_each_say(session, cast, invoice, attempt):
    cast.utility.email = "regie@example.fr"
    wrong = answer(attempt, amount_cents=24310)

    for _ in range(2):
        assert await record_answer(session, attempt.id, wrong, NOW) is AttemptState.ANOMALY

    ((mail, text),) = await written_mails(session)
    assert mail.subject == f"Paiement à vérifier ({attempt.reference})"
    assert attempt.trouble == "La réponse de PayFiP ne correspond pas : 243,10\xa0€ au lieu de 243,11\xa0€."
    for said in (attempt.trouble, attempt.reference, "243,11\xa0€", attempt.refdet, "alice@example.fr"):
        assert said in text
    assert "aucune facture n’est soldée" in text


async def test_an_anomaly_then_a_refused_client_are_two_things_to_tell(session, cast, attempt):
    cast.utility.email = "regie@example.fr"
    await record_answer(session, attempt.id, answer(attempt, resultrans="W"), NOW)
    refused = fault_for(FaultDetail("FonctionnelleErreur", "T2", "Client inconnu", "", 2), "<t2/>")
    await record_answer(session, attempt.id, refused, NOW)

    assert [mail.subject.split(" (")[0] for mail, _ in await written_mails(session)] == [
        "Paiement à vérifier",
        "PayFiP refuse les paiements",
    ]
    assert attempt.state is AttemptState.ANOMALY
