"""Deposits: what subscribers send, which waits until staff have filed it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder, MailEvent, StaffRank, StoredFile, Subscriber, Utility
from portail_app.errors import Forbidden, Invalid
from portail_app.mails import documents as words
from portail_app.mails.access import Sender
from portail_app.services import audit
from portail_app.services.documents import find_document
from portail_app.services.files import Owner, Upload, check_room, record_file
from portail_app.services.folders import FILLED_BY_ITSELF, find_folder
from portail_app.services.mails import write_mail
from portail_app.services.permissions import require_rank
from portail_app.settings import settings
from portail_app.viewer import Viewer

NOT_HERE = "Ce dossier se remplit tout seul. Choisissez « Pièces transmises » pour envoyer un document."
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Deposit:
    """What waits for staff."""

    id: int
    name: str
    size_bytes: int
    placed_at: datetime
    folder: str
    subscriber_id: int
    subscriber: str


async def find_place(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    """Where the viewer may put a document, before any of it is read. Raises what forbids it."""
    folder = await find_folder(session, viewer, folder_id)
    if folder.subscriber_id not in viewer.payable_subscriber_ids:
        raise Forbidden
    if folder.kind in FILLED_BY_ITSELF:
        raise Invalid(NOT_HERE)
    await check_room(session, Owner(folder.utility_id, folder.subscriber_id))
    return folder


async def deposit(session: AsyncSession, viewer: Viewer, folder_id: int, upload: Upload, now: datetime) -> Document:
    """The same file twice in a folder is one document."""
    folder = await find_place(session, viewer, folder_id)
    await session.exec(select(Folder.id).where(Folder.id == folder.id).with_for_update())
    known = await _find_same(session, folder, upload)
    if known is not None:
        return known
    file = await record_file(session, viewer, upload, Owner(folder.utility_id, folder.subscriber_id), now)
    assert folder.id is not None
    assert file.id is not None
    document = Document(
        utility_id=folder.utility_id,
        subscriber_id=folder.subscriber_id,
        folder_id=folder.id,
        file_id=file.id,
        is_deposit=True,
        placed_at=now,
        placed_by=viewer.account_id,
    )
    session.add(document)
    await session.flush()
    audit.record(session, viewer, "Document déposé", file.name, utility_id=folder.utility_id)
    await _tell_staff(session, folder, file, now)
    return document


async def list_waiting(session: AsyncSession, viewer: Viewer) -> list[Deposit]:
    """What nobody has filed yet in the viewer's utilities, the oldest first."""
    if not viewer.is_staff:
        raise Forbidden
    waiting = (
        select(Document, StoredFile, Folder, Subscriber)
        .join(StoredFile, col(StoredFile.id) == col(Document.file_id))
        .join(Folder, col(Folder.id) == col(Document.folder_id))
        .join(Subscriber, col(Subscriber.id) == col(Document.subscriber_id))
        .where(col(Document.utility_id).in_(viewer.staffed_utility_ids), IS_WAITING)
        .order_by(col(Document.placed_at), col(Document.id))
        .limit(MOST_LISTED)
    )
    return [_shown(*row) for row in (await session.exec(waiting)).all()]


async def file_deposit(
    session: AsyncSession, viewer: Viewer, document_id: int, folder_id: int | None, now: datetime
) -> None:
    """Seen, and moved to another folder of the same subscriber where one is given. Filing twice changes nothing."""
    document, file = await find_document(session, viewer, document_id)
    account_id = require_rank(viewer, document.utility_id, StaffRank.AGENT)
    if folder_id is not None and folder_id != document.folder_id:
        folder = await find_folder(session, viewer, folder_id)
        if folder.subscriber_id != document.subscriber_id:
            raise Invalid("Ce dossier est celui d’un autre abonné.", field="folder_id")
        document.folder_id = folder_id
    elif document.filed_at is not None:
        return
    document.filed_at, document.filed_by = now, account_id
    session.add(document)
    audit.record(session, viewer, "Document classé", file.name, utility_id=document.utility_id)


async def withdraw_document(session: AsyncSession, viewer: Viewer, document_id: int) -> None:
    """By staff; or by who sent it, as long as staff have not filed it. The content goes with its last document."""
    document, file = await find_document(session, viewer, document_id)
    if viewer.is_staff:
        require_rank(viewer, document.utility_id, StaffRank.AGENT)
    elif not document.is_deposit or document.filed_at or document.placed_by != viewer.account_id:
        raise Forbidden
    audit.record(session, viewer, "Document retiré", file.name, utility_id=document.utility_id)
    await session.delete(document)
    await session.flush()
    others = select(func.count()).where(col(Document.file_id) == file.id)
    if not (await session.exec(others)).one():
        await session.delete(file)


def _shown(document: Document, file: StoredFile, folder: Folder, subscriber: Subscriber) -> Deposit:
    assert document.id is not None
    who = f"{subscriber.name} ({subscriber.number})"
    return Deposit(
        document.id, file.name, file.size_bytes, document.placed_at, folder.name, document.subscriber_id, who
    )


IS_WAITING = col(Document.is_deposit) & col(Document.filed_at).is_(None)


async def _find_same(session: AsyncSession, folder: Folder, upload: Upload) -> Document | None:
    same = (
        select(Document)
        .join(StoredFile, col(StoredFile.id) == col(Document.file_id))
        .where(col(Document.folder_id) == folder.id, StoredFile.key == upload.key)
    )
    return (await session.exec(same)).first()


async def _tell_staff(session: AsyncSession, folder: Folder, file: StoredFile, now: datetime) -> None:
    """One mail an hour for one subscriber, however many files they send."""
    utility = await session.get_one(Utility, folder.utility_id)
    subscriber = await session.get_one(Subscriber, folder.subscriber_id)
    if utility.email:
        await write_mail(
            session,
            event_key=f"deposit-{subscriber.id}-{now:%Y%m%d%H}",
            recipient=utility.email,
            subject=f"{words.DEPOSIT_SUBJECT} : {subscriber.name}"[:200],
            event=MailEvent.SERVICE,
            text=words.deposited(Sender(utility.name, settings().url), subscriber.name, file.name),
            utility_id=utility.id,
        )
