"""What is checked before a payment leaves for PayFiP, for the first time or again."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, PaymentAllocation, PaymentAttempt
from portail_app.errors import NotFound, NotPayable
from portail_app.services.payables import read_payables
from portail_app.services.payments.attempts import UNFINISHED, find_attempt, list_allocations
from portail_app.services.payments.schedule import OPENED_WITHIN
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


async def _lock_invoices(session: AsyncSession, attempt: PaymentAttempt) -> None:
    allocated = select(PaymentAllocation.invoice_id).where(PaymentAllocation.attempt_id == attempt.id)
    chosen = select(Invoice.id).where(col(Invoice.id).in_(allocated))
    await session.exec(chosen.order_by(col(Invoice.id)).with_for_update())
