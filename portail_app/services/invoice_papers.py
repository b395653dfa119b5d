"""An invoice on paper: the billing software's own file where there is one, else what to draw."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Subscriber, Utility
from portail_app.gateways.file_store import FileStore
from portail_app.pdf.invoice_sheet import InvoiceSheet, sheet_of
from portail_app.services.invoices import find_invoice, list_lines
from portail_app.settings import settings
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """One of the two: a file as billing sent it, or a sheet to draw."""

    number: str
    subscriber_id: int
    file: Path | None = None
    sheet: InvoiceSheet | None = None


async def find_paper(session: AsyncSession, viewer: Viewer, number: str) -> InvoicePaper:
    """Raises NotFound for an invoice that is not the viewer's to read."""
    invoice = await find_invoice(session, viewer, number)
    if invoice.pdf_key:
        file = FileStore(settings().data_folder / "files").path_of(invoice.pdf_key)
        if file.exists():
            return InvoicePaper(invoice.number, invoice.subscriber_id, file=file)
    lines = await list_lines(session, invoice)
    subscriber = await session.get_one(Subscriber, invoice.subscriber_id)
    utility = await session.get_one(Utility, invoice.utility_id)
    return InvoicePaper(
        invoice.number,
        invoice.subscriber_id,
        sheet=sheet_of(invoice, lines, subscriber, utility, portal_address=settings().url),
    )
