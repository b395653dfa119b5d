"""The receipt: found by who paid, drawn on paper, announced by mail."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, MailEvent, PaymentAllocation, PaymentAttempt, PaymentMeans, Receipt, Subscriber, Utility
from portail_app.errors import NotFound
from portail_app.formats import euros, instant
from portail_app.pdf.receipt import ReceiptSheet, receipt_sheet_of
from portail_app.services.mails import write_mail
from portail_app.services.payments.attempts import find_attempt, list_allocations
from portail_app.settings import settings
from portail_app.viewer import Viewer

_MEANS = {PaymentMeans.CARD: "par carte bancaire", PaymentMeans.DIRECT_DEBIT: "par prélèvement"}


async def find_receipt(session: AsyncSession, attempt: PaymentAttempt) -> Receipt | None:
    return (await session.exec(select(Receipt).where(Receipt.attempt_id == attempt.id))).one_or_none()


async def compose_receipt(session: AsyncSession, viewer: Viewer, reference: str) -> ReceiptSheet:
    """What the paper says of a payment that the viewer may read. Raises NotFound where nothing was paid."""
    attempt = await find_attempt(session, viewer, reference)
    receipt = await find_receipt(session, attempt)
    if receipt is None:
        raise NotFound("Reçu")
    allocations = await list_allocations(session, attempt)
    utility = await session.get_one(Utility, attempt.utility_id)
    subscriber = await _find_subscriber(session, allocations[0].invoice_id)
    return receipt_sheet_of(receipt, attempt, allocations, subscriber, utility, portal_address=settings().url)


async def list_payers(session: AsyncSession, reference: str) -> list[int]:
    """The subscribers whose invoices that payment is for, once the viewer was allowed to find it."""
    billed = (
        select(Invoice.subscriber_id)
        .join(PaymentAllocation, col(PaymentAllocation.invoice_id) == col(Invoice.id))
        .join(PaymentAttempt, col(PaymentAttempt.id) == col(PaymentAllocation.attempt_id))
        .where(PaymentAttempt.reference == reference)
    )
    return list((await session.exec(billed.distinct())).all())


async def mail_receipt(session: AsyncSession, attempt: PaymentAttempt, receipt: Receipt) -> None:
    """Written in the transaction that settles, so that who paid is told, once."""
    lines = [
        f"- {part.invoice_number} : {euros(part.amount_cents)}" for part in await list_allocations(session, attempt)
    ]
    await write_mail(
        session,
        event_key=f"paiement-{attempt.id}-recu",
        utility_id=attempt.utility_id,
        recipient=attempt.payer_email,
        subject="Votre paiement a bien été reçu",
        text=_text(attempt, receipt, "\n".join(lines)),
        event=MailEvent.RECEIPT,
    )


async def _find_subscriber(session: AsyncSession, invoice_id: int) -> Subscriber:
    owner = select(Subscriber).join(Invoice, col(Invoice.subscriber_id) == col(Subscriber.id))
    return (await session.exec(owner.where(Invoice.id == invoice_id))).one()


def _text(attempt: PaymentAttempt, receipt: Receipt, lines: str) -> str:
    paid = f"{euros(receipt.amount_cents)} le {instant(receipt.paid_at)}, {_MEANS[receipt.means]}"
    return f"""Bonjour,

Nous avons bien reçu votre paiement de {paid}.

Factures réglées :
{lines}

Votre reçu n° {receipt.number} :
{settings().url}/recus/{attempt.reference}.pdf

Merci de ne pas répondre à ce message.
"""
