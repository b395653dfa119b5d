"""From a choice to an attempt: every line is checked again under lock, whatever the page has shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, PaymentAttempt, Utility
from portail_app.errors import Invalid, NotFound, NotPayable
from portail_app.formats import euros
from portail_app.services.payability import MAXIMUM_CENTS, SUSPENDED
from portail_app.services.payables import Payable, read_payables
from portail_app.services.payments.attempt import write_attempt
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
    _check_lines(chosen)
    _check_total(chosen, choice.shown_cents)
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


def _check_lines(chosen: Sequence[Payable]) -> None:
    for payable in chosen:
        if payable.obstacle:
            raise NotPayable(_named(payable, alone=len(chosen) == 1))
    if len(chosen) > 1 and not chosen[0].several:
        raise NotPayable("Une seule facture peut être réglée à la fois.")


def _named(payable: Payable, *, alone: bool) -> str:
    if alone or payable.obstacle == SUSPENDED:
        return payable.obstacle
    return f"Facture {payable.invoice.number} : {payable.obstacle}"


def _check_total(chosen: Sequence[Payable], shown_cents: int) -> None:
    total = sum(payable.invoice.balance_cents for payable in chosen)
    if total != shown_cents:
        raise NotPayable(
            f"Le montant à régler a changé : il est maintenant de {euros(total)}. Vérifiez-le, puis payez."
        )
    if total > MAXIMUM_CENTS:
        raise NotPayable(f"Le paiement en ligne est limité à {euros(MAXIMUM_CENTS)} : choisissez moins de factures.")
