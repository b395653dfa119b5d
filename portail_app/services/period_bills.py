"""The bills of a contract by the days that they bill: to be put beside what those days cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, exists, not_, select
from sqlmodel import col

from models import Invoice, InvoiceContract, InvoiceKind
from portail_app.reading import Prepared, Reader
from portail_app.services import invoices
from portail_app.viewer import Scope, Viewer


@dataclass(frozen=True, slots=True)
class Bill:
    number: str
    amount_cents: int


async def read_bills(reader: Reader, viewer: Viewer, contract_id: int | None) -> dict[tuple[date, date], Bill]:
    """By first and last day, the last that was issued; those of this contract alone, as the others do not say what they
    ask for each."""
    found: Sequence[Any] = await reader.rows(_bills(viewer.scope), contract_id=contract_id, **viewer.bounds)
    return {(start, end): Bill(number, cents) for number, cents, start, end in found}


@cache
def _bills(scope: Scope) -> Prepared:
    other = InvoiceContract.__table__.alias("other")  # type: ignore[attr-defined]
    bills_others = exists().where(
        other.c.invoice_id == col(Invoice.id), other.c.contract_id != col(InvoiceContract.contract_id)
    )
    return Prepared(
        select(col(Invoice.number), col(Invoice.amount_cents), col(Invoice.period_start), col(Invoice.period_end))
        .join(InvoiceContract, col(InvoiceContract.invoice_id) == col(Invoice.id))
        .where(
            invoices.READABLE[scope],
            col(InvoiceContract.contract_id) == bindparam("contract_id", type_=Integer),
            col(Invoice.kind) == InvoiceKind.INVOICE,
            not_(bills_others),
        )
        .order_by(col(Invoice.issued_on), col(Invoice.id))
    )
