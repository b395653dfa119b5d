"""What ties invoices and contracts: an invoice may bill several contracts, a contract is billed by many invoices."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, select
from sqlmodel import col

from models import Contract, Invoice, InvoiceContract
from portail_app.reading import Prepared, Reader
from portail_app.services import contracts, invoices
from portail_app.viewer import Scope, Viewer

MOST_INVOICES = 8


@dataclass(frozen=True, slots=True)
class BilledRow:
    """An invoice of a contract, with the volume that it bills for it."""

    number: str
    issued_on: date
    period_start: date | None
    period_end: date | None
    amount_cents: int
    volume_litres: int | None


async def list_invoices_of(reader: Reader, viewer: Viewer, contract: str) -> tuple[BilledRow, ...]:
    """Those that the viewer may read, the newest first: an occupant who does not pay sees none."""
    found = await reader.rows(_invoices_of(viewer.scope), number=contract, **viewer.bounds)
    return tuple(BilledRow(*row) for row in found)


async def list_contracts_of(reader: Reader, viewer: Viewer, invoice: str) -> tuple[str, ...]:
    """The numbers of the contracts that an invoice bills; both must be the viewer's to read."""
    return tuple(
        number for (number,) in await reader.rows(_contracts_of(viewer.scope), number=invoice, **viewer.bounds)
    )


@cache
def _invoices_of(scope: Scope) -> Prepared:
    columns = (Invoice.number, Invoice.issued_on, Invoice.period_start, Invoice.period_end, Invoice.amount_cents)
    wanted = _tied(scope, *columns, InvoiceContract.volume_litres).where(col(Contract.number) == _NUMBER)
    return Prepared(wanted.order_by(col(Invoice.issued_on).desc(), col(Invoice.number).desc()).limit(MOST_INVOICES))


@cache
def _contracts_of(scope: Scope) -> Prepared:
    return Prepared(_tied(scope, Contract.number).where(col(Invoice.number) == _NUMBER).order_by(Contract.number))


def _tied(scope: Scope, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(InvoiceContract)
        .join(Invoice, col(Invoice.id) == col(InvoiceContract.invoice_id))
        .join(Contract, col(Contract.id) == col(InvoiceContract.contract_id))
        .where(invoices.READABLE[scope], contracts.READABLE[scope])
    )


_NUMBER = bindparam("number", type_=String)
