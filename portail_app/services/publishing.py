"""Publishing: one file, put by staff into the folder of one subscriber, or of all that a query finds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, text
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import FolderKind, StaffRank, StoredFile, Subscriber
from portail_app.errors import Invalid
from portail_app.jobs.app import defer
from portail_app.services import audit
from portail_app.services.announcements import ANNOUNCE_TASK
from portail_app.services.folders import plant_folders
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

PUBLISHED_IN = (FolderKind.CONTRACT, FolderKind.INVOICES, FolderKind.SENT)
NO_FILE = "Choisissez d’abord le document à publier."
NOBODY = "Aucun abonné ne correspond : rien n’a été publié."


@dataclass(frozen=True, slots=True)
class Readers:
    """Whom a document is for: a number is one subscriber; words and a town narrow down; nothing at all is everybody."""

    utility_id: int
    number: str = ""
    words: str = ""
    city: str = ""
    only_direct_debit: bool = False


def check_publisher(viewer: Viewer, utility_id: int) -> int:
    """To everybody at once as to one: managers."""
    return require_rank(viewer, utility_id, StaffRank.MANAGER)


async def count_readers(session: AsyncSession, viewer: Viewer, readers: Readers) -> int:
    check_publisher(viewer, readers.utility_id)
    return (await session.exec(select(func.count()).where(*_conditions(readers)))).one()


async def publish(
    session: AsyncSession, viewer: Viewer, file_id: int, readers: Readers, kind: FolderKind, now: datetime
) -> int:
    """How many subscribers have it now. Publishing again reaches only those who had it not."""
    account_id = check_publisher(viewer, readers.utility_id)
    file = await _find_own_file(session, account_id, file_id)
    if kind not in PUBLISHED_IN:
        raise Invalid(field="kind")
    ids = list((await session.exec(select(Subscriber.id).where(*_conditions(readers)))).all())
    if not ids:
        raise Invalid(NOBODY, field="number" if readers.number else "words")
    await plant_folders(session, [subscriber_id for subscriber_id in ids if subscriber_id is not None])
    values = {"file_id": file.id, "kind": kind.value, "ids": ids, "at": now, "by": account_id}
    connection = await session.connection()
    placed = len((await connection.execute(_PLACE, values)).all())
    if placed:
        await defer(session, ANNOUNCE_TASK, {"file_id": file.id})
    details = {"abonnés": placed, "dossier": kind.value}
    audit.record(session, viewer, "Document publié", file.name, utility_id=readers.utility_id, details=details)
    return placed


def _conditions(readers: Readers) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Subscriber.utility_id) == readers.utility_id]
    if readers.number:
        found.append(col(Subscriber.number) == readers.number.strip())
    if readers.words:
        pattern = f"%{_escaped(readers.words.strip())}%"
        found.append(or_(col(Subscriber.name).ilike(pattern), col(Subscriber.address).ilike(pattern)))
    if readers.city:
        found.append(func.lower(col(Subscriber.city)) == readers.city.strip().lower())
    if readers.only_direct_debit:
        found.append(col(Subscriber.pays_by_direct_debit).is_(True))
    return found


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def _find_own_file(session: AsyncSession, account_id: int, file_id: int) -> StoredFile:
    """What this member of staff has sent to be published: never a subscriber's own file."""
    wanted = select(StoredFile).where(
        StoredFile.id == file_id, StoredFile.stored_by == account_id, col(StoredFile.subscriber_id).is_(None)
    )
    file = (await session.exec(wanted)).one_or_none()
    if file is None:
        raise Invalid(NO_FILE, field="file_id")
    return file


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
