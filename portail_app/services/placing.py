"""Putting a file into a folder: a deposit of the subscriber's, or what staff give to read, to one or to many."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder, FolderKind, StoredFile
from portail_app.database import execute_sql
from portail_app.services.files import Owner, Upload, record_file
from portail_app.services.folders import lock_folder, plant_folders
from portail_app.viewer import Viewer


async def place_once(
    session: AsyncSession, viewer: Viewer, folder: Folder, upload: Upload, now: datetime, *, is_deposit: bool
) -> tuple[Document, bool]:
    """The document, and whether it is new: the same content twice in a folder is one. Deposits count in the quota."""
    assert folder.id is not None
    folder = await lock_folder(session, viewer, folder.id)
    known = await _find_same(session, folder, upload)
    if known is not None:
        return known, False
    owner = Owner(folder.utility_id, folder.subscriber_id if is_deposit else None)
    file = await record_file(session, viewer, upload, owner, now)
    assert folder.id is not None
    assert file.id is not None
    document = Document(
        utility_id=folder.utility_id,
        subscriber_id=folder.subscriber_id,
        folder_id=folder.id,
        file_id=file.id,
        is_deposit=is_deposit,
        placed_at=now,
        placed_by=viewer.account_id,
    )
    session.add(document)
    await session.flush()
    return document, True


async def place_for_all(
    session: AsyncSession, viewer: Viewer, file: StoredFile, kind: FolderKind, subscriber_ids: list[int], now: datetime
) -> int:
    """Into the folder of that kind of each who has it not yet: how many they are."""
    await plant_folders(session, subscriber_ids)
    values = {"file_id": file.id, "kind": kind.value, "ids": subscriber_ids, "at": now, "by": viewer.account_id}
    return len((await execute_sql(session, _PLACE, **values)).all())


async def _find_same(session: AsyncSession, folder: Folder, upload: Upload) -> Document | None:
    same = (
        select(Document)
        .join(StoredFile, col(StoredFile.id) == col(Document.file_id))
        .where(col(Document.folder_id) == folder.id, StoredFile.key == upload.key)
    )
    return (await session.exec(same)).first()


_PLACE = text(
    """INSERT INTO document (utility_id, subscriber_id, folder_id, file_id, is_deposit, placed_at, placed_by)
    SELECT DISTINCT ON (folder.subscriber_id)
        folder.utility_id, folder.subscriber_id, folder.id, :file_id, false, :at, :by
    FROM folder LEFT JOIN contract ON contract.id = folder.contract_id
    WHERE folder.subscriber_id = ANY(:ids) AND folder.kind = :kind AND NOT EXISTS (
        SELECT FROM document known
        WHERE known.file_id = :file_id AND known.subscriber_id = folder.subscriber_id)
    ORDER BY folder.subscriber_id, contract.ended_on IS NOT NULL, folder.id
    RETURNING id"""
)
