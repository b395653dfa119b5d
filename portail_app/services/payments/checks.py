"""What PayFiP answers about a payment, kept and acted upon: whoever asked, however often, in whatever order."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, PaymentAnswer, PaymentAttempt, Utility
from portail_app.gateways.payfip import PayFiPFailure, PaymentDetail
from portail_app.services.payments.alerts import tell_staff
from portail_app.services.payments.settlement import settle_attempt
from portail_app.services.payments.verdict import Verdict, judge

OPERATION = "recupererDetailPaiementSecurise"


async def find_question(session: AsyncSession, attempt_id: int, now: datetime, unless_within: timedelta) -> str | None:
    """The idOp to ask PayFiP about; None where the result is known, or was asked for within that time."""
    answered_at = (
        select(func.max(PaymentAnswer.received_at))
        .where(PaymentAnswer.attempt_id == attempt_id, PaymentAnswer.operation == OPERATION)
        .scalar_subquery()
    )
    wanted = select(PaymentAttempt.idop, answered_at).where(
        PaymentAttempt.id == attempt_id, PaymentAttempt.state != AttemptState.PAID
    )
    idop, last = (await session.exec(wanted)).one_or_none() or (None, None)
    return None if last is not None and now - last < unless_within else idop


async def record_answer(
    session: AsyncSession, attempt_id: int, answer: PaymentDetail | PayFiPFailure, now: datetime
) -> AttemptState:
    """What the attempt has become. A paid one stays paid, whatever an older or later answer says."""
    attempt, utility = await _lock(session, attempt_id)
    if answer.raw_xml:
        session.add(PaymentAnswer(attempt_id=attempt_id, operation=OPERATION, received_at=now, raw_xml=answer.raw_xml))
    if attempt.state is AttemptState.PAID:
        return attempt.state
    attempt.checks += 1
    verdict = judge(attempt, utility.payfip_mode, answer, now)
    if verdict.state is AttemptState.PAID and isinstance(answer, PaymentDetail):
        await session.flush()
        await settle_attempt(session, attempt_id, answer, now)
    else:
        await _apply(session, attempt, verdict)
    return verdict.state


async def _lock(session: AsyncSession, attempt_id: int) -> tuple[PaymentAttempt, Utility]:
    wanted = (
        select(PaymentAttempt, Utility)
        .join(Utility, col(Utility.id) == col(PaymentAttempt.utility_id))
        .where(PaymentAttempt.id == attempt_id)
        .with_for_update(of=PaymentAttempt)
    )
    return (await session.exec(wanted, execution_options={"populate_existing": True})).one()


async def _apply(session: AsyncSession, attempt: PaymentAttempt, verdict: Verdict) -> None:
    attempt.state = verdict.state
    attempt.next_check_at = verdict.next_check_at
    attempt.trouble = verdict.trouble
    await session.flush()
    if verdict.alert:
        await tell_staff(session, attempt, verdict.alert, verdict.trouble)
