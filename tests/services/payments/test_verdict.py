"""What each answer of PayFiP makes of a payment, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models import AttemptState, PaymentAttempt, PaymentMode
from portail_app.gateways.payfip import InvalidRequest, PayFiPFailure, PaymentDetail, TechnicalTrouble
from portail_app.gateways.payfip.faults import FaultDetail, fault_for
from portail_app.services.payments.verdict import Alert, Verdict, judge, judge_opening

OPENED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SOON = OPENED + timedelta(minutes=5)
PAID_IN_TEST = PaymentDetail(
    idop="11111111-2222-3333-4444-555555555555",
    numcli="004200",
    exer="20",
    refdet="2026020000001",
    objet="Facture",
    amount_cents=24311,
    mel="alice@example.fr",
    saisie="T",
    resultrans="P",
    numauto="112233445566-tip",
    transacted_at=OPENED + timedelta(minutes=4),
    raw_xml="<answer/>",
)


def attempt(**values) -> PaymentAttempt:
    defaults = {
        "reference": "ABCDEFGH2345",
        "utility_id": 1,
        "account_id": 1,
        "state": AttemptState.PENDING,
        "amount_cents": 24311,
        "refdet": "2026020000001",
        "client": "004200",
        "mode": PaymentMode.TEST,
        "fiscal_year": 2026,
        "subject": "Facture",
        "payer_email": "alice@example.fr",
        "created_at": OPENED - timedelta(minutes=1),
        "opened_at": OPENED,
    }
    return PaymentAttempt(**{**defaults, **values})


def judged(
    answer: PaymentDetail | PayFiPFailure, now: datetime = SOON, configured: PaymentMode = PaymentMode.TEST, **values
) -> Verdict:
    return judge(attempt(**values), configured, answer, now)


def fault(code: str, kind: str = "FonctionnelleErreur") -> PayFiPFailure:
    return fault_for(FaultDetail(kind, code, "Libellé", "", 2), "<fault/>")


@pytest.mark.parametrize("resultrans", ["P", "V"])
@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
def test_a_payment_accepted_by_card_or_by_debit_is_paid_whatever_was_believed_before(state, resultrans):
    verdict = judged(replace(PAID_IN_TEST, resultrans=resultrans), state=state, trouble="doute")

    assert verdict == Verdict(AttemptState.PAID, None)


@pytest.mark.parametrize("resultrans", ["R", "Z"])
def test_a_refusal_is_refused_and_still_asked_about(resultrans):
    verdict = judged(replace(PAID_IN_TEST, resultrans=resultrans))

    assert verdict.state is AttemptState.REFUSED
    assert verdict.next_check_at is not None


@pytest.mark.parametrize(
    "difference",
    [{"numcli": "004201"}, {"refdet": "2026020000002"}, {"amount_cents": 24310}, {"saisie": "W"}, {"saisie": ""}],
)
@pytest.mark.parametrize("resultrans", ["P", "R", "A"])
def test_an_answer_about_something_else_settles_nothing_and_alerts(difference, resultrans):
    verdict = judged(replace(PAID_IN_TEST, resultrans=resultrans, **difference))

    assert verdict.state is AttemptState.ANOMALY
    assert verdict.alert is Alert.ANOMALY
    assert "ne correspond pas" in verdict.trouble
    assert verdict.next_check_at is not None


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ({"numcli": "004201"}, "client 004201 au lieu de 004200"),
        ({"refdet": "2026020000002"}, "référence 2026020000002 au lieu de 2026020000001"),
        ({"amount_cents": 2431100}, "24\u202f311,00\xa0€ au lieu de 243,11\xa0€"),
        ({"saisie": "W"}, "mode W, demandé en T, configuré en T"),
    ],
)
def test_what_differs_is_said_to_staff_in_words(difference, said):
    assert judged(replace(PAID_IN_TEST, **difference)).trouble == f"La réponse de PayFiP ne correspond pas : {said}."


@pytest.mark.parametrize("mode", PaymentMode)
@pytest.mark.parametrize("answered", PaymentMode)
@pytest.mark.parametrize("configured", PaymentMode)
def test_a_payment_counts_in_the_one_mode_that_was_asked_answered_and_is_configured(mode, answered, configured):
    verdict = judged(replace(PAID_IN_TEST, saisie=answered.value), configured=configured, mode=mode)

    assert (verdict.state is AttemptState.PAID) == (mode is answered is configured)


@pytest.mark.parametrize("exer", ["20", "", "2026", "1999"])
def test_the_echoed_fiscal_year_is_never_compared(exer):
    assert judged(replace(PAID_IN_TEST, exer=exer)).state is AttemptState.PAID


def test_a_test_payment_does_not_count_once_the_utility_is_in_production():
    verdict = judged(PAID_IN_TEST, configured=PaymentMode.PRODUCTION)

    assert verdict.state is AttemptState.ANOMALY
    assert "configuré en W" in verdict.trouble


def test_a_result_that_nobody_knows_is_parked_for_a_human_and_asked_about_again():
    verdict = judged(replace(PAID_IN_TEST, resultrans="W"))

    assert (verdict.state, verdict.alert) == (AttemptState.ANOMALY, Alert.ANOMALY)
    assert "« W »" in verdict.trouble
    assert verdict.next_check_at is not None


def test_an_abandon_is_not_final_before_two_minutes():
    abandoned = replace(PAID_IN_TEST, resultrans="A")

    early = judged(abandoned, abandoned.transacted_at + timedelta(seconds=119))
    late = judged(abandoned, abandoned.transacted_at + timedelta(seconds=120))

    assert early.state is AttemptState.PENDING
    assert early.next_check_at == abandoned.transacted_at + timedelta(minutes=2)
    assert late.state is AttemptState.CANCELLED
    assert late.next_check_at is not None


@pytest.mark.parametrize(
    ("abandoned_after", "asked_after", "next_after"),
    [
        (
            timedelta(minutes=9),
            timedelta(minutes=9, seconds=30),
            timedelta(minutes=10),
        ),  # the usual appointment is sooner
        (timedelta(minutes=12), timedelta(minutes=13), timedelta(minutes=14)),
        (
            timedelta(days=8),
            timedelta(days=8, minutes=1),
            timedelta(days=8, minutes=2),
        ),  # there is no usual one any more
    ],
)
def test_an_abandon_is_asked_about_again_as_soon_as_it_may_be_final(abandoned_after, asked_after, next_after):
    abandoned = replace(PAID_IN_TEST, resultrans="A", transacted_at=OPENED + abandoned_after)

    verdict = judged(abandoned, OPENED + asked_after, trouble="doute")

    assert verdict == Verdict(AttemptState.PENDING, OPENED + next_after, "doute")


@pytest.mark.parametrize("resultrans", ["R", "A"])
def test_after_a_week_a_payment_that_came_to_nothing_is_left_alone(resultrans):
    verdict = judged(replace(PAID_IN_TEST, resultrans=resultrans), OPENED + timedelta(days=7))

    assert verdict.next_check_at is None


def test_an_abandon_without_a_readable_hour_counts_from_the_hand_over():
    abandoned = replace(PAID_IN_TEST, resultrans="A", transacted_at=None)

    assert judged(abandoned, OPENED + timedelta(minutes=1)).state is AttemptState.PENDING
    assert judged(abandoned, OPENED + timedelta(minutes=2)).state is AttemptState.CANCELLED


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(minutes=1), AttemptState.PENDING),
        (timedelta(minutes=119), AttemptState.PENDING),
        (timedelta(minutes=120), AttemptState.EXPIRED),
        (timedelta(days=2), AttemptState.EXPIRED),
    ],
)
def test_silence_is_a_payment_in_progress_for_two_hours(age, state):
    verdict = judged(fault("P5"), OPENED + age)

    assert verdict.state is state
    assert verdict.next_check_at is not None


@pytest.mark.parametrize(
    ("age", "state", "is_asked_again"),
    [
        (timedelta(seconds=1), AttemptState.PENDING, True),
        (timedelta(minutes=30), AttemptState.PENDING, True),
        (timedelta(minutes=31), AttemptState.EXPIRED, False),
    ],
)
def test_an_unknown_idop_is_dead_only_after_half_an_hour(age, state, is_asked_again):
    verdict = judged(fault("P1"), OPENED + age)

    assert verdict.state is state
    assert (verdict.next_check_at is not None) == is_asked_again


@pytest.mark.parametrize("code", ["P1", "P5"])
@pytest.mark.parametrize("state", [AttemptState.REFUSED, AttemptState.CANCELLED, AttemptState.ANOMALY])
def test_silence_does_not_undo_what_is_known(state, code):
    verdict = judged(fault(code), OPENED + timedelta(days=1), state=state, trouble="doute")

    assert (verdict.state, verdict.trouble) == (state, "doute")


@pytest.mark.parametrize("code", ["T1", "T2", "T4", "T9"])
def test_a_wrong_configuration_alerts_staff_and_concludes_nothing(code):
    verdict = judged(fault(code))

    assert (verdict.state, verdict.alert) == (AttemptState.PENDING, Alert.CONFIGURATION)
    assert verdict.trouble == f"PayFiP refuse l’identifiant 004200 : {code} Libellé"
    assert verdict.next_check_at == SOON + timedelta(minutes=30)


@pytest.mark.parametrize("code", ["P3", "P4", "A1", "D1", "M5", "N1", "R3", "S1", "Q7"])
def test_any_other_no_says_nothing_about_the_payment(code):
    assert judged(fault(code), trouble="doute") == Verdict(AttemptState.PENDING, OPENED + timedelta(minutes=6), "doute")


@pytest.mark.parametrize("kind", ["TechDysfonctionnementErreur", "TechIndisponibiliteErreur", "TechProtocolaireErreur"])
def test_a_technical_error_of_payfip_is_given_half_an_hour(kind):
    verdict = judged(fault("999", kind), trouble="doute")

    assert verdict == Verdict(AttemptState.PENDING, SOON + timedelta(minutes=30), "doute")


@pytest.mark.parametrize("failure", [TechnicalTrouble("Pas de réponse"), InvalidRequest("idop", "illisible")])
def test_a_call_without_an_answer_waits_for_the_next_appointment(failure):
    verdict = judged(failure, state=AttemptState.REFUSED, trouble="doute")

    assert verdict == Verdict(AttemptState.REFUSED, OPENED + timedelta(minutes=6), "doute")


@pytest.mark.parametrize("code", ["P1", "P5"])
def test_what_was_never_opened_grows_old_from_its_choice(code):
    chosen = {"opened_at": None, "created_at": OPENED - timedelta(minutes=125)}

    assert judged(fault(code), OPENED, **chosen).state is AttemptState.EXPIRED
    assert judged(fault(code), OPENED - timedelta(minutes=100), **chosen).state is AttemptState.PENDING


def test_a_trouble_that_is_over_is_forgotten():
    assert judged(replace(PAID_IN_TEST, resultrans="R"), trouble="doute").trouble == ""


def test_a_hand_over_without_an_answer_is_nobodys_fault():
    assert judge_opening(attempt(), TechnicalTrouble("Pas de réponse")) == ("", None)


@pytest.mark.parametrize("failure", [fault("T2"), fault("M5"), fault("R3"), InvalidRequest("mel", "trop long")])
def test_a_hand_over_that_payfip_refuses_is_told_to_staff(failure):
    trouble, alert = judge_opening(attempt(), failure)

    assert alert is Alert.CONFIGURATION
    assert "004200" in trouble
