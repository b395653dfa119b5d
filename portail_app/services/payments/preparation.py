"""From a choice to an attempt: every line is checked again under lock, whatever the page has shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, PaymentAttempt, Utility
from portail_app.errors import Invalid, NotFound, NotPayable
from portail_app.services.payables import read_payables
from portail_app.services.payments.attempt import write_attempt
from portail_app.services.payments.choices import check_lines, check_total
from portail_app.services.suspensions import check_not_suspended
from portail_app.viewer import Viewer

MOST_INVOICES = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """What the subscriber chose, and the total that they were shown."""

    invoice_ids: tuple[int, ...]
    shown_cents: int


async def prepare_attempt(session: AsyncSession, viewer: Viewer, choice: Choice, now: datetime) -> PaymentAttempt:
    """To be committed before PayFiP is asked. Raises NotFound, or NotPayable with the reason in words."""
    if not 0 < len(set(choice.invoice_ids)) <= MOST_INVOICES:
        raise Invalid("Sélectionnez une facture à régler.")
    utility_id = await _lock_invoices(session, viewer, set(choice.invoice_ids))
    await check_not_suspended(session, utility_id, now)
    chosen = await read_payables(session, viewer, sorted(set(choice.invoice_ids)), now)
    check_lines(chosen)
    check_total(chosen, choice.shown_cents)
    utility = await session.get_one(Utility, utility_id)
    return await write_attempt(session, viewer, utility, [payable.invoice for payable in chosen], now)


async def _lock_invoices(session: AsyncSession, viewer: Viewer, invoice_ids: set[int]) -> int:
    """In the order of their ids, so that two payments wait for each other instead of blocking each other."""
    mine = col(Invoice.id).in_(invoice_ids), col(Invoice.subscriber_id).in_(viewer.subscriber_ids)
    locked = select(Invoice.utility_id).where(*mine).order_by(col(Invoice.id)).with_for_update()
    utility_ids = (await session.exec(locked)).all()
    if len(utility_ids) != len(invoice_ids):
        raise NotFound("Facture")
    if len(set(utility_ids)) > 1:
        raise NotPayable("Ces factures sont de services différents : réglez-les séparément.")
    return utility_ids[0]
