"""The parts of a copy of all one's data, written one after the other: each table, each invoice, each receipt."""

import asyncio
from dataclasses import replace

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Invoice, PaymentAttempt, Receipt, StoredFile
from portail_app.gateways.export_files import ExportArchive
from portail_app.services.export_papers import Part, document_part, invoice_part, receipt_part
from portail_app.services.export_section import Section
from portail_app.services.export_sections import sections_of
from portail_app.viewer import Viewer

BATCH = 500
README = """Ceci est la copie de toutes vos données sur le portail des factures.

donnees/   chaque table, en CSV (pour un tableur) et en JSON (pour un logiciel)
factures/  vos factures, en PDF
recus/     les reçus de vos paiements en ligne, en PDF
documents/ les documents transmis par vous ou par le service
"""


async def list_parts(session: AsyncSession, owner: Viewer) -> list[Part]:
    """`owner` has the subscribers that the account is the holder of: what a delegate sees is somebody else's. Two
    utilities may give two of them invoices of the same number."""
    invoices = select(Invoice.subscriber_id, Invoice.number).where(col(Invoice.subscriber_id).in_(owner.subscriber_ids))
    paid = (
        select(PaymentAttempt.reference)
        .join(Receipt, col(Receipt.attempt_id) == PaymentAttempt.id)
        .where(PaymentAttempt.account_id == owner.account_id)
    )
    billed = (await session.exec(invoices.order_by(col(Invoice.issued_on)))).all()
    references = (await session.exec(paid.order_by(col(PaymentAttempt.id)))).all()
    kept = (
        select(StoredFile.key, StoredFile.name)
        .join(Document, col(Document.file_id) == StoredFile.id)
        .where(col(Document.subscriber_id).in_(owner.subscriber_ids))
    )
    files = (await session.exec(kept.order_by(col(Document.id)))).all()
    return [
        *(_table(section) for section in sections_of(owner)),
        *(invoice_part(replace(owner, subscriber_ids=frozenset({whose})), number) for whose, number in billed),
        *(receipt_part(owner, reference) for reference in references),
        *(document_part(key, name) for key, name in files),
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
