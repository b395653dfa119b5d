"""The hand-over to PayFiP: what is checked before it is asked, and what is kept of its answer.

PayFiP itself is asked between these two, outside any transaction. A call without an answer leaves the attempt
prepared: an idOp that was never shown cannot be paid.
"""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, Invoice, PaymentAllocation, PaymentAnswer, PaymentAttempt
from portail_app.errors import NotFound, NotPayable
from portail_app.gateways.payfip import CreatedPayment, PayFiPFailure, PaymentRequest, Saisie
from portail_app.services.payables import read_payables
from portail_app.services.payments.alerts import tell_staff
from portail_app.services.payments.attempts import UNFINISHED, find_attempt, list_allocations
from portail_app.services.payments.schedule import OPENED_WITHIN, next_check
from portail_app.services.payments.verdict import judge_opening
from portail_app.services.suspensions import check_not_suspended
from portail_app.viewer import Viewer

TOO_LATE = "Ce paiement n’a pas été commencé à temps. Rien n’a été débité : choisissez de nouveau vos factures."
CHANGED = "Une facture a changé depuis votre choix. Rien n’a été débité : choisissez de nouveau vos factures."


async def admit_opening(session: AsyncSession, viewer: Viewer, reference: str, now: datetime) -> PaymentAttempt:
    """The payer's attempt, which may leave for PayFiP now: with its idOp where it has one, else to be asked for one."""
    attempt = await find_attempt(session, viewer, reference)
    if attempt.account_id != viewer.account_id:
        raise NotFound("Paiement")
    await check_not_suspended(session, attempt.utility_id, now)
    await _lock_invoices(session, attempt)
    obstacle = await find_opening_obstacle(session, viewer, attempt, now)
    if obstacle:
        raise NotPayable(obstacle)
    return attempt


async def find_opening_obstacle(session: AsyncSession, viewer: Viewer, attempt: PaymentAttempt, now: datetime) -> str:
    """Why an attempt cannot leave for PayFiP now; empty where it can."""
    if attempt.state not in UNFINISHED or now - (attempt.opened_at or attempt.created_at) >= OPENED_WITHIN:
        return TOO_LATE
    allocations = await list_allocations(session, attempt)
    invoice_ids = [allocation.invoice_id for allocation in allocations]
    payables = await read_payables(session, viewer, invoice_ids, now, besides=attempt.id)
    obstacles = [payable.obstacle for payable in payables if payable.obstacle]
    owed = {payable.invoice.id: payable.invoice.balance_cents for payable in payables}
    is_changed = any(owed.get(allocation.invoice_id) != allocation.amount_cents for allocation in allocations)
    return obstacles[0] if obstacles else CHANGED if is_changed else ""


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


async def _lock_invoices(session: AsyncSession, attempt: PaymentAttempt) -> None:
    allocated = select(PaymentAllocation.invoice_id).where(PaymentAllocation.attempt_id == attempt.id)
    chosen = select(Invoice.id).where(col(Invoice.id).in_(allocated))
    await session.exec(chosen.order_by(col(Invoice.id)).with_for_update())


def _answer(attempt_id: int, raw_xml: str, now: datetime) -> PaymentAnswer:
    return PaymentAnswer(attempt_id=attempt_id, operation="creerPaiementSecurise", received_at=now, raw_xml=raw_xml)
