"""The open invoices of a viewer, each with what stands in the way of its payment: one query, one rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    AttemptState,
    Invoice,
    InvoiceKind,
    InvoiceRow,
    PaymentAllocation,
    PaymentAttempt,
    PaymentSuspension,
    Utility,
)
from portail_app.formats import PARIS
from portail_app.services.payability import Circumstances, obstacle_to_payment
from portail_app.services.payments.schedule import GUARD
from portail_app.viewer import Viewer

_FRESH = {"populate_existing": True}  # what was read before the lock may have changed since


@dataclass(frozen=True, slots=True)
class Payable:
    """An open invoice, as a bare row: a page reads it at each click. `obstacle` is empty where it can be paid,
    `resume` names the viewer's own payment of it."""

    invoice: InvoiceRow
    several: bool
    obstacle: str
    resume: str


async def list_payables(session: AsyncSession, viewer: Viewer, now: datetime) -> list[Payable]:
    """What the viewer still owes, what can be paid first, then the oldest due date."""
    is_open = func.greatest(col(Invoice.billed_paid_cents), col(Invoice.settled_cents)) < col(Invoice.amount_cents)
    wanted = _with_circumstances(viewer, now).where(
        col(Invoice.subscriber_id).in_(viewer.subscriber_ids),
        col(Invoice.kind) == InvoiceKind.INVOICE,
        is_open,
    )
    found = [_payable(row, viewer, now) for row in (await session.exec(wanted)).all()]
    return sorted(found, key=lambda payable: (bool(payable.obstacle), payable.invoice.due_on, payable.invoice.number))


async def find_obstacle(session: AsyncSession, viewer: Viewer, invoice: InvoiceRow, now: datetime) -> str:
    """Why one invoice that the viewer may read cannot be paid now; empty where it can."""
    assert invoice.id is not None
    (payable,) = await read_payables(session, viewer, [invoice.id], now)
    return payable.obstacle


async def read_payables(
    session: AsyncSession, viewer: Viewer, invoice_ids: Sequence[int], now: datetime, *, besides: int | None = None
) -> list[Payable]:
    """These invoices, whoever they belong to, in the order of their ids; `besides` is a payment that does not count
    as one in progress."""
    wanted = _with_circumstances(viewer, now, besides).where(col(Invoice.id).in_(invoice_ids))
    rows = (await session.exec(wanted.order_by(col(Invoice.id)), execution_options=_FRESH)).all()
    return [_payable(row, viewer, now) for row in rows]


def _with_circumstances(viewer: Viewer, now: datetime, besides: int | None = None) -> Any:
    """An invoice, its utility's switches, whether payment is suspended, and the payment in progress."""
    in_progress = _payment_in_progress(viewer, now, besides).lateral("in_progress")
    columns: tuple[Any, ...] = (
        Invoice,
        Utility.several_invoices_per_payment,
        and_(col(Utility.online_payment_open), col(Utility.payfip_client).is_not(None)),
        _is_suspended(now),
        in_progress.c.reference,
        in_progress.c.state,
    )
    joined: Any = select(*columns).join(Utility, col(Utility.id) == col(Invoice.utility_id))
    return joined.outerjoin(in_progress, literal(True))


def _payment_in_progress(viewer: Viewer, now: datetime, besides: int | None) -> Any:
    """Its state, and its reference where it is the viewer's own: nobody else's can be resumed."""
    is_own = col(PaymentAttempt.account_id) == (viewer.account_id or 0)
    reference: Any = case((is_own, PaymentAttempt.reference), else_=literal("")).label("reference")
    found: Any = select(reference, col(PaymentAttempt.state).label("state"))
    return (
        found.join(PaymentAllocation, col(PaymentAllocation.attempt_id) == col(PaymentAttempt.id))
        .where(PaymentAllocation.invoice_id == Invoice.id, _holds_back(now), col(PaymentAttempt.id) != (besides or 0))
        .order_by(col(PaymentAttempt.id).desc())
        .limit(1)
    )


def _holds_back(now: datetime) -> ColumnElement[bool]:
    """The payments that forbid another one of the same invoice: the young ones without a result, and those whose
    money may have been taken though nobody can tell yet."""
    began_at = func.coalesce(col(PaymentAttempt.opened_at), col(PaymentAttempt.created_at))
    is_young = and_(
        col(PaymentAttempt.state).in_([AttemptState.PREPARED, AttemptState.PENDING]), began_at > now - GUARD
    )
    is_doubtful = and_(
        col(PaymentAttempt.state) == AttemptState.ANOMALY, col(PaymentAttempt.next_check_at).is_not(None)
    )
    return or_(is_young, is_doubtful)


def _is_suspended(now: datetime) -> ColumnElement[bool]:
    """`PaymentSuspension.holds_at`, in SQL."""
    return (
        select(PaymentSuspension.id)
        .where(
            PaymentSuspension.utility_id == Invoice.utility_id,
            col(PaymentSuspension.resumed_at).is_(None),
            or_(col(PaymentSuspension.until).is_(None), col(PaymentSuspension.until) > now),
        )
        .exists()
    )


def _payable(row: Any, viewer: Viewer, now: datetime) -> Payable:
    invoice, several, is_open, is_suspended, reference, state = row
    around = Circumstances(
        today=now.astimezone(PARIS).date(),
        may_pay=invoice.subscriber_id in viewer.payable_subscriber_ids,
        is_open=is_open,
        is_suspended=is_suspended,
        is_being_paid=state is not None,
        is_under_review=state is AttemptState.ANOMALY,
    )
    bare = InvoiceRow.model_validate(invoice, from_attributes=True)
    return Payable(bare, several, obstacle_to_payment(bare, around), reference or "")
