"""Deposits: what subscribers send into their folders, of which staff are told."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder, MailEvent, StoredFile, Subscriber, Utility
from portail_app.errors import Forbidden, Invalid
from portail_app.mails import documents as words
from portail_app.mails.access import Sender
from portail_app.services import audit
from portail_app.services.files import Owner, Upload, check_room, record_file
from portail_app.services.folders import FILLED_BY_ITSELF, find_folder
from portail_app.services.mails import write_mail
from portail_app.settings import settings
from portail_app.viewer import Viewer

NOT_HERE = "Ce dossier se remplit tout seul. Choisissez « Pièces transmises » pour envoyer un document."


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
