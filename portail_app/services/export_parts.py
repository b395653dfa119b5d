"""The parts of a copy of all one's data, written one after the other: each table, each invoice, each receipt."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Invoice, PaymentAttempt, Receipt, StoredFile
from portail_app.errors import NotFound
from portail_app.gateways.export_files import ExportArchive
from portail_app.gateways.storage import storage
from portail_app.pdf.invoice import draw_invoice
from portail_app.pdf.receipt import draw_receipt
from portail_app.services.export_section import Section
from portail_app.services.export_sections import sections_of
from portail_app.services.invoice_papers import find_paper
from portail_app.services.payments.receipts import compose_receipt
from portail_app.viewer import Viewer

BATCH = 500
README = """Ceci est la copie de toutes vos données sur le portail des factures.

donnees/   chaque table, en CSV (pour un tableur) et en JSON (pour un logiciel)
factures/  vos factures, en PDF
recus/     les reçus de vos paiements en ligne, en PDF
documents/ les documents transmis par vous ou par le service
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
    kept = (
        select(StoredFile.key, StoredFile.name)
        .join(Document, col(Document.file_id) == StoredFile.id)
        .where(col(Document.subscriber_id).in_(owner.subscriber_ids))
    )
    files = (await session.exec(kept.order_by(col(Document.id)))).all()
    return [
        *(_table(section) for section in sections_of(owner)),
        *(_invoice(owner, number) for number in numbers),
        *(_receipt(owner, reference) for reference in references),
        *(_document(key, name) for key, name in files),
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
        if paper.key is not None:
            await _copy(archive, "factures", f"{number}.pdf", paper.key)
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


def _document(key: str, name: str) -> Part:
    async def write(session: AsyncSession, archive: ExportArchive) -> None:
        try:
            await _copy(archive, "documents", name, key)
        except NotFound:
            archive.add("documents", f"{name}.manquant.txt", "Ce document n’a pas été retrouvé.".encode())

    return write


async def _copy(archive: ExportArchive, folder: str, name: str, key: str) -> None:
    """A stored file, a piece at a time."""
    size = await storage().find_size(key)
    with archive.file(folder, name) as member:
        async for piece in storage().read(key, 0, size):
            await asyncio.to_thread(member.write, piece)
