"""What one page of a list of invoices holds: one tab, one year, a search, sorted, twenty at a time."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, extract, func, or_, select
from sqlmodel import col

from models import Invoice, InvoiceKind, InvoiceRow, InvoiceStatus
from portail_app.reading import Prepared, Reader
from portail_app.services.invoices import READABLE
from portail_app.viewer import Scope, Viewer

PAGE_SIZE = 20
_SHOWN = tuple(InvoiceRow.model_fields)
_ALL_SET = set(_SHOWN)  # one for all rows: otherwise each holds its own, 15 KB for each open page
_KIND = _SHOWN.index("kind")


class InvoiceSort(StrEnum):
    """The columns of the manual, by the names that the URL gives them."""

    DATE = "date"
    DUE = "echeance"
    AMOUNT = "montant"
    NUMBER = "numero"
    SUBJECT = "objet"


@dataclass(frozen=True, slots=True)
class InvoiceQuery:
    """What a list is asked for. `page` counts from 1."""

    status: InvoiceStatus = InvoiceStatus.UNPAID
    year: int | None = None
    search: str = ""
    sort: InvoiceSort = InvoiceSort.DATE
    is_descending: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class InvoicePage:
    rows: tuple[InvoiceRow, ...]
    total: int
    years: tuple[int, ...]


async def list_invoices(reader: Reader, viewer: Viewer, query: InvoiceQuery) -> InvoicePage:
    """One page of what the viewer may read, how many there are in all, and the years to choose from."""
    found = await reader.rows(_page_statement(viewer.scope, *_shape(query)), **viewer.bounds, **_values(query))
    if not found:
        ((years,),) = await reader.rows(_years_statement(viewer.scope, query.status), **viewer.bounds)
        return InvoicePage(rows=(), total=0, years=tuple(years))
    *_, total, years = found[0]
    return InvoicePage(rows=tuple(_row(columns) for *columns, _, _ in found), total=total, years=tuple(years))


def _row(columns: list[Any]) -> InvoiceRow:
    columns[_KIND] = InvoiceKind(columns[_KIND])
    return InvoiceRow.model_construct(_ALL_SET, **dict(zip(_SHOWN, columns, strict=True)))


@cache
def _page_statement(
    scope: Scope, status: InvoiceStatus, sort: InvoiceSort, is_descending: bool, in_a_year: bool, is_searched: bool
) -> Prepared:
    column = _SORTED_BY[sort]
    page = (
        select(*(getattr(Invoice, name) for name in _SHOWN), func.count().over(), _years(scope, status))
        .where(READABLE[scope], HAS_STATUS[status])
        .order_by(column.desc() if is_descending else column, col(Invoice.number).desc(), col(Invoice.id))
        .limit(PAGE_SIZE)
        .offset(bindparam("offset", type_=Integer))
    )
    page = page.where(bindparam("year", type_=Integer) == _YEAR) if in_a_year else page
    return Prepared(page.where(_MATCHES) if is_searched else page)


@cache
def _years_statement(scope: Scope, status: InvoiceStatus) -> Prepared:
    return Prepared(select(_years(scope, status)))


def _years(scope: Scope, status: InvoiceStatus) -> ColumnElement[Any]:
    """One array, which costs less beside each row than a statement of its own."""
    found = select(_YEAR).where(READABLE[scope], HAS_STATUS[status]).distinct().order_by(_YEAR.desc())
    return func.array(found.correlate(None).scalar_subquery())


def _shape(query: InvoiceQuery) -> tuple[InvoiceStatus, InvoiceSort, bool, bool, bool]:
    """What changes the statement; the rest are its values."""
    return query.status, query.sort, query.is_descending, query.year is not None, bool(query.search)


def _values(query: InvoiceQuery) -> dict[str, object]:
    values: dict[str, object] = {"offset": (query.page - 1) * PAGE_SIZE}
    if query.year is not None:
        values["year"] = query.year
    if query.search:
        values |= {"pattern": _pattern(query.search), "figures": _figures(query.search), "cents": _cents(query.search)}
    return values


def _pattern(search: str) -> str:
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _figures(search: str) -> str | None:
    """A number read aloud from the bill is typed with spaces, or without its dashes."""
    figures = re.sub(r"[\s-]", "", search)
    return f"%{figures}%" if figures.isdecimal() else None


def _cents(search: str) -> int | None:
    """A search may be an amount, as it stands on the bill: `1 243,11 €`, or `-12,50` on a credit note."""
    amount = re.fullmatch(r"(-?\d{1,7})(?:[.,](\d\d))?€?", re.sub(r"\s", "", search))
    return int(amount[1] + (amount[2] or "00")) if amount else None


BALANCE = col(Invoice.amount_cents) - func.greatest(col(Invoice.billed_paid_cents), col(Invoice.settled_cents))
HAS_STATUS = {
    InvoiceStatus.PAID: BALANCE <= 0,
    InvoiceStatus.AT_TREASURY: and_(BALANCE > 0, col(Invoice.sent_to_treasury_on).is_not(None)),
    InvoiceStatus.UNPAID: and_(BALANCE > 0, col(Invoice.sent_to_treasury_on).is_(None)),
}
_YEAR: ColumnElement[int] = extract("year", col(Invoice.issued_on)).cast(Integer)
_MATCHES = or_(
    col(Invoice.number).ilike(bindparam("pattern", type_=String)),
    func.replace(col(Invoice.number), "-", "").like(bindparam("figures", type_=String)),
    col(Invoice.subject).ilike(bindparam("pattern", type_=String)),
    col(Invoice.amount_cents) == bindparam("cents", type_=Integer),
)
_SORTED_BY: dict[InvoiceSort, Any] = {
    InvoiceSort.DATE: col(Invoice.issued_on),
    InvoiceSort.DUE: col(Invoice.due_on),
    InvoiceSort.AMOUNT: col(Invoice.amount_cents),
    InvoiceSort.NUMBER: col(Invoice.number),
    InvoiceSort.SUBJECT: func.lower(col(Invoice.subject)),
}
