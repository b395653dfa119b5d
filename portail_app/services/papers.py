"""What lies in a folder and what came last: documents, and invoices that are there without being copied."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, literal, null, select, union_all
from sqlmodel import col

from models import Document, Folder, Invoice, StoredFile
from portail_app.reading import Prepared, Reader
from portail_app.services.documents import READABLE
from portail_app.services.folders import HOLDS_INVOICE
from portail_app.services.folders import READABLE as READABLE_FOLDERS
from portail_app.viewer import Scope, Viewer

PAGE_SIZE = 50
LATEST = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A line of a folder: a document, or an invoice, which is there without being copied (`number` is then its own)."""

    id: int
    name: str
    number: str
    size_bytes: int | None
    placed_at: datetime
    is_deposit: bool
    is_filed: bool


async def list_papers(reader: Reader, viewer: Viewer, folder_id: int, page: int = 1) -> tuple[list[Paper], int]:
    """A page of a folder, the newest first, and how many there are in all."""
    statement = _papers(viewer.scope)
    found = await reader.rows(statement, folder_id=folder_id, skipped=(page - 1) * PAGE_SIZE, **viewer.bounds)
    return [Paper(*row[:-1]) for row in found], found[0][-1] if found else 0


async def list_latest(reader: Reader, viewer: Viewer) -> list[Paper]:
    """What the utility has published lately, for the viewer's own subscribers."""
    return [Paper(*row) for row in await reader.rows(_LATEST, subscriber_ids=list(viewer.subscriber_ids))]


_COLUMNS: tuple[Any, ...] = (
    col(Document.id),
    col(StoredFile.name),
    literal("").label("number"),
    col(StoredFile.size_bytes),
    col(Document.placed_at).label("placed_at"),
    col(Document.is_deposit),
    col(Document.filed_at).is_not(None),
)
_LATEST = Prepared(
    select(*_COLUMNS)
    .join_from(Document, StoredFile, col(StoredFile.id) == col(Document.file_id))
    .where(READABLE[Scope.SUBSCRIBER], ~col(Document.is_deposit))
    .order_by(col(Document.placed_at).desc(), col(Document.id).desc())
    .limit(LATEST)
)


@cache
def _papers(scope: Scope) -> Prepared:
    asked = col(Folder.id) == bindparam("folder_id", type_=Integer)
    documents = (
        select(*_COLUMNS)
        .join_from(Document, StoredFile, col(StoredFile.id) == col(Document.file_id))
        .join(Folder, col(Folder.id) == col(Document.folder_id))
        .where(READABLE_FOLDERS[scope], asked)
    )
    issued_at = func.timezone("Europe/Paris", func.timezone("UTC", col(Invoice.issued_on)))
    invoices = (
        select(
            col(Invoice.id),
            func.concat("facture-", col(Invoice.number), ".pdf"),
            col(Invoice.number),
            null(),
            issued_at,
            literal(False),
            literal(True),
        )
        .join_from(Folder, Invoice, HOLDS_INVOICE)
        .where(READABLE_FOLDERS[scope], asked)
    )
    lines = union_all(documents, invoices).subquery()
    return Prepared(
        select(*lines.columns, func.count().over())
        .order_by(lines.columns.placed_at.desc(), lines.columns.id.desc())
        .limit(PAGE_SIZE)
        .offset(bindparam("skipped", type_=Integer))
    )
