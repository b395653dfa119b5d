"""The parts of a copy of all one's data, written one after the other: each table, each invoice, each receipt."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, PaymentAttempt, Receipt
from portail_app.gateways.export_files import ExportArchive
from portail_app.pdf.invoice import draw_invoice
from portail_app.pdf.receipt import draw_receipt
from portail_app.services.export_sections import Section, sections_of
from portail_app.services.invoice_papers import find_paper
from portail_app.services.payments.receipts import compose_receipt
from portail_app.viewer import Viewer

BATCH = 500
README = """Ceci est la copie de toutes vos données sur le portail des factures.

donnees/   chaque table, en CSV (pour un tableur) et en JSON (pour un logiciel)
factures/  vos factures, en PDF
recus/     les reçus de vos paiements en ligne, en PDF
"""
Part = Callable[[AsyncSession, ExportArchive], Awaitable[None]]


async def list_parts(session: AsyncSession, owner: Viewer) -> list[Part]:
    """`owner` has the subscribers that the account is the holder of: what a delegate sees is somebody else's."""
    invoices = select(Invoice.number).where(col(Invoice.subscriber_id).in_(owner.subscriber_ids))
    paid = (
        select(PaymentAttempt.reference)
        .join(Receipt, col(Receipt.attempt_id) == PaymentAttempt.id)
        .where(PaymentAttempt.account_id == owner.account_id)
    )
    numbers = (await session.exec(invoices.order_by(col(Invoice.issued_on)))).all()
    references = (await session.exec(paid.order_by(col(PaymentAttempt.id)))).all()
    return [
        *(_table(section) for section in sections_of(owner)),
        *(_invoice(owner, number) for number in numbers),
        *(_receipt(owner, reference) for reference in references),
    ]


def _table(section: Section) -> Part:
    async def write(session: AsyncSession, archive: ExportArchive) -> None:
        names = section.statement.selected_columns.keys()
        for kind in ("csv", "json"):
            rows = await session.stream(section.statement.execution_options(yield_per=BATCH))
            with archive.table(section.name, names, kind) as writer:
                async for batch in rows.partitions():
                    await asyncio.to_thread(writer.write, batch)

    return write


def _invoice(owner: Viewer, number: str) -> Part:
    async def write(session: AsyncSession, archive: ExportArchive) -> None:
        paper = await find_paper(session, owner, number)
        if paper.file is not None:
            await asyncio.to_thread(archive.add_file, "factures", f"{number}.pdf", paper.file)
        elif paper.sheet is not None:
            drawn = await asyncio.to_thread(draw_invoice, paper.sheet)
            await asyncio.to_thread(archive.add, "factures", f"{number}.pdf", drawn)

    return write


def _receipt(owner: Viewer, reference: str) -> Part:
    async def write(session: AsyncSession, archive: ExportArchive) -> None:
        sheet = await compose_receipt(session, owner, reference)
        drawn = await asyncio.to_thread(draw_receipt, sheet)
        await asyncio.to_thread(archive.add, "recus", f"{sheet.number}.pdf", drawn)

    return write
