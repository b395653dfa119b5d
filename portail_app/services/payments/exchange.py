"""What PayFiP is asked for when a payment leaves, and what is kept of its answer.

It is asked between two transactions, after the attempt has been committed. A call without an answer leaves the attempt
prepared: an idOp that was never shown cannot be paid.
"""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, PaymentAnswer, PaymentAttempt
from portail_app.gateways.payfip import CreatedPayment, PayFiPFailure, PaymentRequest, Saisie
from portail_app.services.payments.alerts import tell_staff
from portail_app.services.payments.schedule import next_check
from portail_app.services.payments.verdict import judge_opening


def payment_request(attempt: PaymentAttempt, portal_url: str) -> PaymentRequest:
    return PaymentRequest(
        numcli=attempt.client,
        exer=str(attempt.fiscal_year),
        refdet=attempt.refdet,
        objet=attempt.subject,
        amount_cents=attempt.amount_cents,
        mel=attempt.payer_email,
        saisie=Saisie(attempt.mode.value),
        urlnotif=f"{portal_url}/paiement/notification",
        urlredirect=f"{portal_url}/paiement/retour/{attempt.reference}",
    )


async def record_opening(session: AsyncSession, attempt_id: int, created: CreatedPayment, now: datetime) -> str | None:
    """The idOp to show: this one, or the one that a quicker request has brought; None where it was abandoned."""
    session.add(_answer(attempt_id, created.raw_xml, now))
    await session.exec(
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id) == attempt_id, col(PaymentAttempt.state) == AttemptState.PREPARED)
        .values(
            state=AttemptState.PENDING, idop=created.idop, opened_at=now, next_check_at=next_check(now, now), trouble=""
        )
    )
    shown = select(PaymentAttempt.idop).where(
        PaymentAttempt.id == attempt_id, PaymentAttempt.state == AttemptState.PENDING
    )
    return (await session.exec(shown)).one_or_none()


async def record_failed_opening(
    session: AsyncSession, attempt: PaymentAttempt, failure: PayFiPFailure, now: datetime
) -> None:
    assert attempt.id is not None
    if failure.raw_xml:
        session.add(_answer(attempt.id, failure.raw_xml, now))
    trouble, alert = judge_opening(attempt, failure)
    await session.exec(
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id) == attempt.id, col(PaymentAttempt.state) == AttemptState.PREPARED)
        .values(trouble=trouble)
    )
    if alert:
        await tell_staff(session, attempt, alert, trouble)


def _answer(attempt_id: int, raw_xml: str, now: datetime) -> PaymentAnswer:
    return PaymentAnswer(attempt_id=attempt_id, operation="creerPaiementSecurise", received_at=now, raw_xml=raw_xml)
