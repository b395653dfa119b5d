"""What staff see of payments: those that wait for a human first, then the newest."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, Invoice, PaymentAllocation, PaymentAttempt
from portail_app.services.paging import FIRST_PAGE, Page, Sought, on_day, read_page
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ReviewedPayment:
    """An attempt, the numbers of the invoices that it pays, whether it waits for somebody, and whether PayFiP may be
    asked about it again."""

    attempt: PaymentAttempt
    numbers: str
    needs_human: bool
    can_be_checked: bool


async def list_payments(session: AsyncSession, viewer: Viewer, sought: Sought = FIRST_PAGE) -> Page[ReviewedPayment]:
    """The viewer's utilities' own. A search is a part of an invoice's number, of a reference or of the payer's mail."""
    separator = aggregate_order_by(literal(", "), col(PaymentAllocation.id))
    numbers = func.string_agg(PaymentAllocation.invoice_number, separator).label("numbers")
    covered = select(numbers).where(PaymentAllocation.attempt_id == PaymentAttempt.id).scalar_subquery()
    wanted = select(PaymentAttempt, covered, NEEDS_HUMAN).where(_is_staffed(viewer))
    wanted = wanted.where(*_conditions(sought))
    found = await read_page(session, wanted.order_by(NEEDS_HUMAN.desc(), col(PaymentAttempt.id).desc()), sought)
    return Page((_reviewed(*row) for row in found), found.total)


async def find_searched(session: AsyncSession, viewer: Viewer, sought: Sought) -> list[int]:
    """Whose payments a search leaves: two subscribers at most; nobody's without a search."""
    if not sought.search:
        return []
    attempts = select(PaymentAttempt.id).where(_is_staffed(viewer), *_conditions(sought))
    payers = (
        select(Invoice.subscriber_id)
        .join(PaymentAllocation, col(PaymentAllocation.invoice_id) == col(Invoice.id))
        .where(col(PaymentAllocation.attempt_id).in_(attempts))
    )
    return list((await session.exec(payers.distinct().limit(2))).all())


def _is_staffed(viewer: Viewer) -> ColumnElement[bool]:
    return col(PaymentAttempt.utility_id).in_(viewer.staffed_utility_ids)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    conditions = [_matches(sought.search)] if sought.search else []
    return [*conditions, on_day(col(PaymentAttempt.created_at), sought.day)] if sought.day else conditions


def _reviewed(attempt: PaymentAttempt, paid: str | None, waits: bool) -> ReviewedPayment:
    return ReviewedPayment(attempt, paid or "", waits, _can_be_checked(attempt))


def _can_be_checked(attempt: PaymentAttempt) -> bool:
    return attempt.opened_at is not None and attempt.state is not AttemptState.PAID


def _matches(search: str) -> ColumnElement[bool]:
    pays_it = select(PaymentAllocation.id).where(
        PaymentAllocation.attempt_id == PaymentAttempt.id,
        col(PaymentAllocation.invoice_number).icontains(search, autoescape=True),
    )
    return or_(
        pays_it.exists(),
        col(PaymentAttempt.reference).icontains(search, autoescape=True),
        col(PaymentAttempt.refdet).icontains(search, autoescape=True),
        col(PaymentAttempt.payer_email).icontains(search, autoescape=True),
    )


NEEDS_HUMAN: ColumnElement[bool] = or_(
    col(PaymentAttempt.state) == AttemptState.ANOMALY,
    and_(col(PaymentAttempt.trouble) != "", col(PaymentAttempt.state) != AttemptState.PAID),
)
"""PayFiP's answer does not fit, or it refuses the utility's own settings."""
