"""Filing: staff see what subscribers have sent, and put it where it belongs."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from models import Document, Folder, StaffRank, StoredFile, Subscriber
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit
from portail_app.services.documents import READABLE, lock_document
from portail_app.services.folders import FILLED_BY_ITSELF, lock_folder
from portail_app.services.permissions import require_rank
from portail_app.viewer import Scope, Viewer

MOST_LISTED = 200
IS_WAITING = col(Document.is_deposit) & col(Document.filed_at).is_(None)


@dataclass(frozen=True, slots=True)
class Deposit:
    """What waits for staff."""

    id: int
    name: str
    size_bytes: int
    placed_at: datetime
    folder_id: int
    folder: str
    subscriber_id: int
    subscriber: str


async def list_waiting(session: AsyncSession, viewer: Viewer) -> list[Deposit]:
    """What nobody has filed yet in the viewer's utilities, the oldest first."""
    waiting = _staffed_by(viewer).where(IS_WAITING).order_by(col(Document.placed_at), col(Document.id))
    return [_shown(*row) for row in (await session.exec(waiting.limit(MOST_LISTED))).all()]


async def find_deposit(session: AsyncSession, viewer: Viewer, document_id: int) -> Deposit:
    found = (await session.exec(_staffed_by(viewer).where(col(Document.id) == document_id))).one_or_none()
    if found is None:
        raise NotFound("Document")
    return _shown(*found)


async def file_deposit(
    session: AsyncSession, viewer: Viewer, document_id: int, folder_id: int | None, now: datetime
) -> None:
    """Seen, and moved to another folder of the same subscriber where one is given. Filing twice changes nothing."""
    document, file = await lock_document(session, viewer, document_id)
    account_id = require_rank(viewer, document.utility_id, StaffRank.AGENT)
    if folder_id is not None and folder_id != document.folder_id:
        folder = await lock_folder(session, viewer, folder_id)
        if folder.subscriber_id != document.subscriber_id:
            raise Invalid("Ce dossier est celui d’un autre abonné.", field="folder_id")
        if folder.kind in FILLED_BY_ITSELF:
            raise Invalid("Ce dossier se remplit tout seul. Choisissez-en un autre.", field="folder_id")
        document.folder_id = folder_id
    elif document.filed_at is not None:
        return
    document.filed_at, document.filed_by = now, account_id
    session.add(document)
    audit.record(session, viewer, "Document classé", file.name, utility_id=document.utility_id)


def _staffed_by(viewer: Viewer) -> Select[Document, StoredFile, Folder, Subscriber]:
    if not viewer.is_staff:
        raise Forbidden
    return (
        select(Document, StoredFile, Folder, Subscriber)
        .join(StoredFile, col(StoredFile.id) == col(Document.file_id))
        .join(Folder, col(Folder.id) == col(Document.folder_id))
        .join(Subscriber, col(Subscriber.id) == col(Document.subscriber_id))
        .where(READABLE[Scope.STAFF])
        .params(**viewer.bounds)
    )


def _shown(document: Document, file: StoredFile, folder: Folder, subscriber: Subscriber) -> Deposit:
    assert document.id is not None
    who = f"{subscriber.name} ({subscriber.number})"
    return Deposit(
        id=document.id,
        name=file.name,
        size_bytes=file.size_bytes,
        placed_at=document.placed_at,
        folder_id=document.folder_id,
        folder=folder.name,
        subscriber_id=document.subscriber_id,
        subscriber=who,
    )
