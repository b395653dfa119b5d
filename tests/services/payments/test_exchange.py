"""What PayFiP is asked for when a payment leaves, and what is kept of its answer (payfip.md 1.6, rules 1 and 8)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AttemptState, PaymentAnswer, PaymentMode
from portail_app.gateways.payfip import (
    CreatedPayment,
    InvalidRequest,
    PaymentRequest,
    Saisie,
    TechnicalTrouble,
    check_request,
)
from portail_app.gateways.payfip.faults import FaultDetail, fault_for
from portail_app.services.payments.exchange import payment_request, record_failed_opening, record_opening
from tests.factories import NOW, create_invoice
from tests.payments import create_attempt, written_mails

IDOP, QUICKER = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"
UNKNOWN_CLIENT = fault_for(FaultDetail("FonctionnelleErreur", "T2", "Client inconnu", "", 2), "<t2/>")


@pytest.fixture
async def attempt(session, alice):
    invoice = await create_invoice(session, alice, number="2026-020-000007")
    return await create_attempt(session, alice, invoice, reference="ABCDEFGH2345")


async def answers(session) -> list[tuple[str, str]]:
    kept = (await session.exec(select(PaymentAnswer).order_by(PaymentAnswer.id))).all()
    return [(one.operation, one.raw_xml) for one in kept]


@pytest.mark.parametrize(
    ("mode", "saisie"),
    [
        (PaymentMode.TEST, Saisie.TEST),
        (PaymentMode.ACTIVATION, Saisie.ACTIVATION),
        (PaymentMode.PRODUCTION, Saisie.PRODUCTION),
    ],
)
async def test_payfip_is_asked_for_what_the_attempt_says(attempt, mode, saisie):
    attempt.mode = mode

    asked = payment_request(attempt, "https://portail.example.fr")

    assert asked == PaymentRequest(
        numcli="004200",
        exer="2026",
        refdet="2026020000007",
        objet="Facture",
        amount_cents=24311,
        mel="alice@example.fr",
        saisie=saisie,
        urlnotif="https://portail.example.fr/paiement/notification",
        urlredirect="https://portail.example.fr/paiement/retour/ABCDEFGH2345",
    )
    check_request(asked)


async def test_an_idop_opens_the_payment_and_has_its_first_appointment(session, attempt):
    attempt.trouble = "PayFiP refuse la demande"
    await session.flush()

    assert await record_opening(session, attempt.id, CreatedPayment(IDOP, "<cree/>"), NOW) == IDOP

    await session.refresh(attempt)
    assert (attempt.state, attempt.idop, attempt.opened_at) == (AttemptState.PENDING, IDOP, NOW)
    assert (attempt.next_check_at, attempt.trouble) == (NOW + timedelta(minutes=1), "")
    assert await answers(session) == [("creerPaiementSecurise", "<cree/>")]


async def test_of_two_idops_the_first_is_shown_and_both_answers_are_kept(session, attempt):
    await record_opening(session, attempt.id, CreatedPayment(QUICKER, "<un/>"), NOW)

    assert (
        await record_opening(session, attempt.id, CreatedPayment(IDOP, "<deux/>"), NOW + timedelta(minutes=1))
        == QUICKER
    )

    await session.refresh(attempt)
    assert (attempt.idop, attempt.opened_at) == (QUICKER, NOW)
    assert [raw for _, raw in await answers(session)] == ["<un/>", "<deux/>"]


@pytest.mark.parametrize("idop", [None, QUICKER])
@pytest.mark.parametrize(
    "state", [state for state in AttemptState if state not in (AttemptState.PREPARED, AttemptState.PENDING)]
)
async def test_what_was_abandoned_or_concluded_meanwhile_shows_no_idop(session, attempt, state, idop):
    attempt.state, attempt.idop = state, idop
    await session.flush()

    assert await record_opening(session, attempt.id, CreatedPayment(IDOP, "<cree/>"), NOW) is None

    await session.refresh(attempt)
    assert (attempt.state, attempt.idop, attempt.opened_at) == (state, idop, None)


async def test_an_idop_is_that_of_its_own_payment_only(session, alice, attempt):
    invoice = await create_invoice(session, alice)
    await create_attempt(session, alice, invoice, state=AttemptState.PENDING, idop=QUICKER)
    other = await create_attempt(session, alice, invoice)

    await record_failed_opening(session, attempt, UNKNOWN_CLIENT, NOW)
    assert await record_opening(session, attempt.id, CreatedPayment(IDOP, "<cree/>"), NOW) == IDOP

    await session.refresh(other)
    assert (other.state, other.idop, other.trouble) == (AttemptState.PREPARED, None, "")


async def test_without_an_answer_the_attempt_is_as_it_was_and_nobody_is_alarmed(session, cast, attempt):
    cast.utility.email = "regie@example.fr"

    await record_failed_opening(session, attempt, TechnicalTrouble("Pas de réponse"), NOW)

    await session.refresh(attempt)
    assert (attempt.state, attempt.idop, attempt.trouble) == (AttemptState.PREPARED, None, "")
    assert (await answers(session), await written_mails(session)) == ([], [])


@pytest.mark.parametrize(
    ("failure", "trouble"),
    [
        (UNKNOWN_CLIENT, "T2 Client inconnu"),
        (InvalidRequest("mel", "de 6 à 80 caractères"), "mel: de 6 à 80 caractères"),
    ],
)
async def test_a_refusal_is_written_for_staff_and_told_them_once(session, cast, attempt, failure, trouble):
    cast.utility.email = "regie@example.fr"

    for _ in range(2):
        await record_failed_opening(session, attempt, failure, NOW)

    await session.refresh(attempt)
    assert attempt.trouble == f"PayFiP refuse la demande pour l’identifiant 004200 : {trouble}"
    assert attempt.state is AttemptState.PREPARED
    ((mail, text),) = await written_mails(session)
    assert mail.subject == "PayFiP refuse les paiements (ABCDEFGH2345)"
    assert attempt.trouble in text


async def test_what_payfip_said_in_refusing_is_kept(session, attempt):
    await record_failed_opening(session, attempt, UNKNOWN_CLIENT, NOW)

    assert await answers(session) == [("creerPaiementSecurise", "<t2/>")]


async def test_a_refusal_that_comes_after_a_quicker_yes_troubles_nobody_s_page(session, attempt):
    await record_opening(session, attempt.id, CreatedPayment(QUICKER, "<un/>"), NOW)

    await record_failed_opening(session, attempt, UNKNOWN_CLIENT, NOW)

    await session.refresh(attempt)
    assert (attempt.state, attempt.idop, attempt.trouble) == (AttemptState.PENDING, QUICKER, "")
