"""What each period of a contract cost, estimated at the tariff of its last day, beside the bill of the same period."""

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
from portail_app.services.consumption import Period
from portail_app.services.contracts import Tenure
from portail_app.services.costs import Cost, cost_of, version_on
from portail_app.services.meter_history import MeterHistory
from portail_app.services.tariffs import list_tariff_lines
from portail_app.viewer import Scope, Viewer

NEWEST = 6


@dataclass(frozen=True, slots=True)
class Bill:
    number: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class PeriodCost:
    """`bill` is the invoice of exactly these days, of this contract alone, where the viewer may read one."""

    period: Period
    cost: Cost
    bill: Bill | None = None


async def list_costs(reader: Reader, viewer: Viewer, tenure: Tenure, told: MeterHistory) -> list[PeriodCost]:
    """Of the newest periods, the newest first; none where no tariff of that time is known."""
    contract = tenure.contract
    lines = await list_tariff_lines(reader, contract.utility_id, contract.tariff_code)
    bills = await _read_bills(reader, viewer, contract.id)
    costs = []
    for period in reversed(told.history.periods[-NEWEST:]):
        version = version_on(lines, period.end)
        if version:
            cost = cost_of(version, period.start, period.end, period.litres)
            costs.append(PeriodCost(period, cost, bills.get((period.start, period.end))))
    return costs


async def _read_bills(reader: Reader, viewer: Viewer, contract_id: int | None) -> dict[tuple[date, date], Bill]:
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
    )
