"""Invoices: who may read which."""

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, bindparam, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import Invoice, InvoiceLine
from portail_app.errors import NotFound
from portail_app.viewer import Scope, Viewer

READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Invoice.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: col(Invoice.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
}
"""The one rule of who reads which invoice: every read of one starts here."""


async def find_invoice(session: AsyncSession, viewer: Viewer, number: str) -> Invoice:
    wanted = _readable_by(viewer).where(Invoice.number == number)
    invoice = (await session.exec(wanted)).first()
    if invoice is None:
        raise NotFound("Facture")
    return invoice


async def list_lines(session: AsyncSession, invoice: Invoice) -> list[InvoiceLine]:
    """The lines of an invoice that the viewer was allowed to find."""
    wanted = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id).order_by(col(InvoiceLine.position))
    return list((await session.exec(wanted)).all())


def _readable_by(viewer: Viewer) -> SelectOfScalar[Invoice]:
    return select(Invoice).where(READABLE[viewer.scope]).params(**viewer.bounds)
