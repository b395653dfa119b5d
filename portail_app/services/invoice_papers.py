"""An invoice on paper: the billing software's own file where there is one, else what to draw."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Subscriber, Utility
from portail_app.errors import NotFound
from portail_app.gateways.storage import storage
from portail_app.pdf.invoice_sheet import InvoiceSheet, sheet_of
from portail_app.services.invoices import find_invoice, list_lines
from portail_app.settings import settings
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """One of the two: the key of a file as billing sent it, or a sheet to draw."""

    number: str
    subscriber_id: int
    key: str | None = None
    sheet: InvoiceSheet | None = None


async def find_paper(session: AsyncSession, viewer: Viewer, number: str) -> InvoicePaper:
    """Raises NotFound for an invoice that is not the viewer's to read."""
    invoice = await find_invoice(session, viewer, number)
    if invoice.pdf_key and await _is_kept(invoice.pdf_key):
        return InvoicePaper(invoice.number, invoice.subscriber_id, key=invoice.pdf_key)
    lines = await list_lines(session, invoice)
    subscriber = await session.get_one(Subscriber, invoice.subscriber_id)
    utility = await session.get_one(Utility, invoice.utility_id)
    return InvoicePaper(
        invoice.number,
        invoice.subscriber_id,
        sheet=sheet_of(invoice, lines, subscriber, utility, portal_address=settings().url),
    )


async def _is_kept(key: str) -> bool:
    try:
        return await storage().find_size(key) > 0
    except NotFound:
        return False
