"""A payment attempt as it is first written: its names, its amount, and the part of each invoice."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from models import InvoiceRow, PaymentAllocation, PaymentAttempt, Utility
from portail_app.errors import NotPayable
from portail_app.formats import PARIS
from portail_app.gateways.payfip import normalise_objet
from portail_app.gateways.payfip.refdet import REGIE, RefdetError, RefdetRule, basket_refdet, number_values
from portail_app.viewer import Viewer

EMAIL_LENGTH = 80
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another on the telephone
_NEXT_ID = text("SELECT nextval(pg_get_serial_sequence('payment_attempt', 'id'))")

log = logging.getLogger(__name__)


async def write_attempt(
    session: AsyncSession, viewer: Viewer, utility: Utility, invoices: Sequence[InvoiceRow], now: datetime
) -> PaymentAttempt:
    """The attempt and its allocations, flushed; nothing is checked here."""
    assert utility.id is not None
    assert viewer.account_id is not None
    attempt_id: int = await session.scalar(_NEXT_ID)
    attempt = PaymentAttempt(
        id=attempt_id,
        reference="".join(secrets.choice(_LETTERS) for _ in range(12)),
        utility_id=utility.id,
        account_id=viewer.account_id,
        amount_cents=sum(invoice.balance_cents for invoice in invoices),
        refdet=_refdet(utility, invoices, attempt_id, now),
        client=utility.payfip_client or "",
        mode=utility.payfip_mode,
        fiscal_year=_fiscal_year(invoices, now),
        subject=_subject(invoices),
        payer_email=_payer_email(viewer),
        created_at=now,
    )
    session.add(attempt)
    await session.flush()
    session.add_all(_allocation(attempt_id, invoice) for invoice in invoices)
    await session.flush()
    return attempt


def _refdet(utility: Utility, invoices: Sequence[InvoiceRow], attempt_id: int, now: datetime) -> str:
    """The utility's template for one invoice; a basket has a name of its own, since PayFiP takes one reference."""
    year = _fiscal_year(invoices, now)
    if len(invoices) > 1:
        return basket_refdet(year, attempt_id)
    rule = RefdetRule(utility.payfip_reference_template, REGIE.pattern)
    try:
        return rule.render(number_values(invoices[0].number, year))
    except RefdetError as unfit:
        log.error("Invoice %s of %s has no PayFiP reference: %s", invoices[0].number, utility.code, unfit)
        raise NotPayable(
            "Le numéro de cette facture ne permet pas de la payer en ligne : contactez le service."
        ) from unfit


def _fiscal_year(invoices: Sequence[InvoiceRow], now: datetime) -> int:
    return invoices[0].issued_on.year if len(invoices) == 1 else now.astimezone(PARIS).year


def _subject(invoices: Sequence[InvoiceRow]) -> str:
    if len(invoices) == 1:
        return normalise_objet(f"Facture {invoices[0].number} {invoices[0].subject}")
    return normalise_objet("Factures " + ", ".join(invoice.number for invoice in invoices))


def _payer_email(viewer: Viewer) -> str:
    if len(viewer.email) > EMAIL_LENGTH:
        raise NotPayable(f"Le service de paiement n’accepte pas une adresse mail de plus de {EMAIL_LENGTH} caractères.")
    return viewer.email


def _allocation(attempt_id: int, invoice: InvoiceRow) -> PaymentAllocation:
    assert invoice.id is not None
    return PaymentAllocation(
        attempt_id=attempt_id,
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        amount_cents=invoice.balance_cents,
    )
