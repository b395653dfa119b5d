"""The papers in a copy of all one's data: invoices, receipts, documents, each a part that is written by itself."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.errors import NotFound
from portail_app.gateways.export_files import ExportArchive
from portail_app.gateways.storage import storage
from portail_app.pdf.invoice import draw_invoice
from portail_app.pdf.receipt import draw_receipt
from portail_app.services.invoice_papers import find_paper
from portail_app.services.payments.receipts import compose_receipt
from portail_app.viewer import Viewer

Part = Callable[[AsyncSession, ExportArchive], Awaitable[None]]


def invoice_part(owner: Viewer, number: str) -> Part:
    async def write(session: AsyncSession, archive: ExportArchive) -> None:
        paper = await find_paper(session, owner, number)
        if paper.key is not None:
            await _copy(archive, "factures", f"{number}.pdf", paper.key)
        elif paper.sheet is not None:
            drawn = await asyncio.to_thread(draw_invoice, paper.sheet)
            await asyncio.to_thread(archive.add, "factures", f"{number}.pdf", drawn)

    return write


def receipt_part(owner: Viewer, reference: str) -> Part:
    async def write(session: AsyncSession, archive: ExportArchive) -> None:
        sheet = await compose_receipt(session, owner, reference)
        drawn = await asyncio.to_thread(draw_receipt, sheet)
        await asyncio.to_thread(archive.add, "recus", f"{sheet.number}.pdf", drawn)

    return write


def document_part(key: str, name: str) -> Part:
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
