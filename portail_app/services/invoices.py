"""Invoices: who may read which, and in what order they come."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import Invoice
from portail_app.errors import NotFound
from portail_app.viewer import Viewer


async def list_invoices(session: AsyncSession, viewer: Viewer) -> list[Invoice]:
    """All that the viewer may read, newest first."""
    wanted = _readable_by(viewer).order_by(col(Invoice.issued_on).desc(), col(Invoice.number))
    return list((await session.exec(wanted)).all())


async def find_invoice(session: AsyncSession, viewer: Viewer, number: str) -> Invoice:
    wanted = _readable_by(viewer).where(Invoice.number == number)
    invoice = (await session.exec(wanted)).first()
    if invoice is None:
        raise NotFound("Facture")
    return invoice


def _readable_by(viewer: Viewer) -> SelectOfScalar[Invoice]:
    if viewer.is_system:
        return select(Invoice)
    if viewer.is_staff:
        return select(Invoice).where(col(Invoice.utility_id).in_(viewer.staffed_utility_ids))
    return select(Invoice).where(col(Invoice.subscriber_id).in_(viewer.subscriber_ids))
