"""What an answer of PayFiP makes of a payment: a decision, which settles nothing (payfip.md 1.6, rules 5 and 6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models import AttemptState, PaymentAttempt, PaymentMode
from portail_app.formats import euros
from portail_app.gateways.payfip import (
    BadConfiguration,
    Outcome,
    PayFiPFailure,
    PaymentDetail,
    ResultNotKnown,
    ServiceTrouble,
    TechnicalTrouble,
    UnknownIdOp,
)
from portail_app.services.payments import schedule


class Alert(StrEnum):
    """What staff are told at once, and once a payment."""

    ANOMALY = "anomalie"
    CONFIGURATION = "configuration"
    OVERPAID = "trop-percu"


@dataclass(frozen=True, slots=True)
class Verdict:
    state: AttemptState
    next_check_at: datetime | None
    trouble: str = ""
    alert: Alert | None = None


def judge(
    attempt: PaymentAttempt, configured: PaymentMode, answer: PaymentDetail | PayFiPFailure, now: datetime
) -> Verdict:
    """`configured` is the mode of the utility today: what is paid in another mode never counts."""
    if isinstance(answer, PaymentDetail):
        return _judge_detail(attempt, configured, answer, now)
    if isinstance(answer, UnknownIdOp):
        return _judge_unknown(attempt, now)
    if isinstance(answer, ResultNotKnown):
        return _judge_silence(attempt, now)
    if isinstance(answer, BadConfiguration):
        trouble = f"PayFiP refuse l’identifiant {attempt.client} : {answer}"
        return Verdict(attempt.state, _later(attempt, now), trouble, Alert.CONFIGURATION)
    if isinstance(answer, ServiceTrouble):
        return Verdict(attempt.state, _later(attempt, now), attempt.trouble)
    return _nothing_new(attempt, now)


def judge_opening(attempt: PaymentAttempt, failure: PayFiPFailure) -> tuple[str, Alert | None]:
    """The trouble to show staff, and whether to tell them: asking the same again would give the same "no"."""
    if isinstance(failure, TechnicalTrouble):
        return "", None
    return f"PayFiP refuse la demande pour l’identifiant {attempt.client} : {failure}", Alert.CONFIGURATION


def _judge_detail(attempt: PaymentAttempt, configured: PaymentMode, detail: PaymentDetail, now: datetime) -> Verdict:
    difference = _difference(attempt, configured, detail)
    if difference:
        return _anomaly(attempt, now, f"La réponse de PayFiP ne correspond pas : {difference}.")
    if detail.outcome is Outcome.PAID:
        return Verdict(AttemptState.PAID, None)
    if detail.outcome is Outcome.REFUSED:
        return Verdict(AttemptState.REFUSED, schedule.next_check(_start_of(attempt), now))
    if detail.outcome is Outcome.ABANDONED:
        return _judge_abandon(attempt, detail, now)
    return _anomaly(attempt, now, f"Résultat inconnu du portail : « {detail.resultrans} ».")


def _difference(attempt: PaymentAttempt, configured: PaymentMode, detail: PaymentDetail) -> str:
    """Not the `exer`, which PayFiP echoes shortened."""
    if detail.numcli != attempt.client:
        return f"client {detail.numcli} au lieu de {attempt.client}"
    if detail.refdet != attempt.refdet:
        return f"référence {detail.refdet} au lieu de {attempt.refdet}"
    if detail.amount_cents != attempt.amount_cents:
        return f"{euros(detail.amount_cents)} au lieu de {euros(attempt.amount_cents)}"
    if detail.saisie != attempt.mode.value or attempt.mode is not configured:
        return f"mode {detail.saisie}, demandé en {attempt.mode.value}, configuré en {configured.value}"
    return ""


def _judge_abandon(attempt: PaymentAttempt, detail: PaymentDetail, now: datetime) -> Verdict:
    """`dattrans` and `heurtrans` have the precision of a minute."""
    final_at = (detail.transacted_at or _start_of(attempt)) + schedule.ABANDON_IS_FINAL_AFTER
    later = schedule.next_check(_start_of(attempt), now)
    if now >= final_at:
        return Verdict(AttemptState.CANCELLED, later)
    return Verdict(attempt.state, min(final_at, later) if later else final_at, attempt.trouble)


def _judge_unknown(attempt: PaymentAttempt, now: datetime) -> Verdict:
    """P1: never received yet, or purged because the payer never reached the payment operator."""
    if now - _start_of(attempt) <= schedule.UNKNOWN_IS_DEAD_AFTER:
        return _nothing_new(attempt, now)
    return Verdict(_expired(attempt), None, attempt.trouble)


def _judge_silence(attempt: PaymentAttempt, now: datetime) -> Verdict:
    """P5: not started or in progress; results have come late enough to keep asking."""
    if now - _start_of(attempt) < schedule.RESULT_EXPECTED_WITHIN:
        return _nothing_new(attempt, now)
    return Verdict(_expired(attempt), schedule.next_check(_start_of(attempt), now), attempt.trouble)


def _anomaly(attempt: PaymentAttempt, now: datetime, trouble: str) -> Verdict:
    later = schedule.next_check(_start_of(attempt), now)
    return Verdict(AttemptState.ANOMALY, later, trouble, Alert.ANOMALY)


def _nothing_new(attempt: PaymentAttempt, now: datetime) -> Verdict:
    return Verdict(attempt.state, schedule.next_check(_start_of(attempt), now), attempt.trouble)


def _later(attempt: PaymentAttempt, now: datetime) -> datetime | None:
    return schedule.next_check_after_trouble(_start_of(attempt), now)


def _expired(attempt: PaymentAttempt) -> AttemptState:
    return AttemptState.EXPIRED if attempt.state is AttemptState.PENDING else attempt.state


def _start_of(attempt: PaymentAttempt) -> datetime:
    return attempt.opened_at or attempt.created_at
