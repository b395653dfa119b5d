"""A paid attempt becomes a receipt and settled invoices: in one transaction, once (payfip.md 1.6, rules 4 and 6)."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, Invoice, PaymentAllocation, PaymentAttempt, PaymentMeans, Receipt
from portail_app.formats import PARIS, euros
from portail_app.gateways.payfip import PaymentDetail
from portail_app.services.payments.alerts import tell_staff
from portail_app.services.payments.receipts import mail_receipt
from portail_app.services.payments.verdict import Alert

_FRESH = {"populate_existing": True}


async def settle_attempt(
    session: AsyncSession, attempt_id: int, detail: PaymentDetail, now: datetime
) -> Receipt | None:
    """The receipt; None where the attempt was settled before, and then nothing is done."""
    attempt = await _mark_paid(session, attempt_id, now)
    if attempt is None:
        return None
    overpaid_cents = await _settle_invoices(session, attempt_id)
    receipt = _receipt(attempt_id, detail, overpaid_cents, now)
    session.add(receipt)
    await session.flush()
    await mail_receipt(session, attempt, receipt)
    if overpaid_cents:
        attempt.trouble = f"Trop-perçu de {euros(overpaid_cents)} à rembourser : une facture était déjà réglée."
        await tell_staff(session, attempt, Alert.OVERPAID, attempt.trouble)
    await session.flush()
    return receipt


async def _mark_paid(session: AsyncSession, attempt_id: int, now: datetime) -> PaymentAttempt | None:
    marked = await session.exec(
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id) == attempt_id, col(PaymentAttempt.state) != AttemptState.PAID)
        .values(state=AttemptState.PAID, settled_at=now, next_check_at=None, trouble="")
        .returning(col(PaymentAttempt.id))
        .execution_options(synchronize_session=False)
    )
    if marked.one_or_none() is None:
        return None
    return await session.get_one(PaymentAttempt, attempt_id, populate_existing=True)


async def _settle_invoices(session: AsyncSession, attempt_id: int) -> int:
    """The cents paid beyond what was still owed."""
    allocated = (
        select(Invoice, PaymentAllocation.amount_cents)
        .join(PaymentAllocation, col(PaymentAllocation.invoice_id) == col(Invoice.id))
        .where(PaymentAllocation.attempt_id == attempt_id)
        .order_by(col(Invoice.id))
        .with_for_update(of=Invoice)
    )
    overpaid_cents = 0
    for invoice, cents in (await session.exec(allocated, execution_options=_FRESH)).all():
        overpaid_cents += max(0, cents - max(0, invoice.balance_cents))
        invoice.settled_cents = invoice.paid_cents + cents
    return overpaid_cents


def _receipt(attempt_id: int, detail: PaymentDetail, overpaid_cents: int, now: datetime) -> Receipt:
    paid_at = detail.transacted_at or now
    return Receipt(
        attempt_id=attempt_id,
        number=f"R{paid_at.astimezone(PARIS).year}-{attempt_id:06d}",
        amount_cents=detail.amount_cents,
        overpaid_cents=overpaid_cents,
        means=PaymentMeans.DIRECT_DEBIT if detail.resultrans == "V" else PaymentMeans.CARD,
        paid_at=paid_at,
        authorisation=detail.numauto[:16],
    )
