"""What a subscriber owes at a glance: how many invoices, how much, and until when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, bindparam, func, select
from sqlmodel import col

from models import Invoice, InvoiceKind, InvoiceStatus
from portail_app.reading import Prepared, Reader
from portail_app.services.invoice_list import BALANCE, HAS_STATUS
from portail_app.services.invoices import READABLE
from portail_app.viewer import Scope, Viewer


@dataclass(frozen=True, slots=True)
class Due:
    """The invoices that wait to be paid; those that the bank will pay by itself are apart."""

    count: int = 0
    total_cents: int = 0
    next_due_on: date | None = None
    late_count: int = 0
    debited_count: int = 0
    debited_cents: int = 0
    next_debit_on: date | None = None


async def summarise_due(reader: Reader, viewer: Viewer, today: date) -> Due:
    """Of the viewer's own subscribers, also for who is staff besides."""
    (found,) = await reader.rows(_DUE, subscriber_ids=list(viewer.subscriber_ids), today=today)
    return Due(*found)


_IS_DEBITED = col(Invoice.debited_on).is_not(None)
_IS_LATE = col(Invoice.due_on) < bindparam("today", type_=Date)
_DUE = Prepared(
    select(
        func.count().filter(~_IS_DEBITED),
        func.coalesce(func.sum(BALANCE).filter(~_IS_DEBITED), 0),
        func.min(col(Invoice.due_on)).filter(~_IS_DEBITED, ~_IS_LATE),
        func.count().filter(~_IS_DEBITED, _IS_LATE),
        func.count().filter(_IS_DEBITED),
        func.coalesce(func.sum(BALANCE).filter(_IS_DEBITED), 0),
        func.min(col(Invoice.debited_on)).filter(_IS_DEBITED),
    ).where(
        READABLE[Scope.SUBSCRIBER],
        HAS_STATUS[InvoiceStatus.UNPAID],
        col(Invoice.kind) == InvoiceKind.INVOICE,
    )
)
