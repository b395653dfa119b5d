"""Files that people send: how many and how large for one subscriber, and the row without which nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, delete, exists, or_
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, LeakCertificate, SentReading, StoredFile, Subscriber
from portail_app.database import execute_sql
from portail_app.errors import FileRefused
from portail_app.jobs.app import defer
from portail_app.settings import settings
from portail_app.viewer import Viewer

FORGET_TASK = "files.forget"
FORGOTTEN_AFTER = timedelta(minutes=15)  # longer than a file needs that is arriving with the same content
UNHELD_FOR = timedelta(days=1)
NO_ROOM = "Votre espace est plein : ce fichier n’a pas été enregistré. Demandez au service d’en retirer d’anciens."
KEYS = (
    col(StoredFile.key),
    col(Invoice.pdf_key),
    col(LeakCertificate.file_key),
    col(SentReading.photo_key),
)
"""The columns that name content: what none of them names is removed from the store by `jobs/files.py`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Content that is in the store already."""

    key: str
    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is. Without a subscriber it counts in nobody's quota: what the utility itself publishes."""

    utility_id: int
    subscriber_id: int | None = None


async def check_room(session: AsyncSession, owner: Owner, size_bytes: int = 1) -> None:
    """Raises FileRefused where one more file of that size would pass the subscriber's quota."""
    if owner.subscriber_id is None:
        return
    held = select(func.count(), func.coalesce(func.sum(StoredFile.size_bytes), 0)).where(
        StoredFile.subscriber_id == owner.subscriber_id
    )
    count, total = (await session.exec(held)).one()
    if count >= settings().quota_files or total + size_bytes > settings().quota_bytes:
        raise FileRefused(NO_ROOM)


async def record_file(session: AsyncSession, viewer: Viewer, upload: Upload, owner: Owner, now: datetime) -> StoredFile:
    """Raises FileRefused over the quota: two files that arrive together are counted one after the other."""
    if owner.subscriber_id is not None:
        await lock_subscriber(session, owner.subscriber_id)
    await check_room(session, owner, upload.size_bytes)
    file = StoredFile(
        utility_id=owner.utility_id,
        subscriber_id=owner.subscriber_id,
        key=upload.key,
        name=upload.name,
        media_type=upload.media_type,
        size_bytes=upload.size_bytes,
        stored_at=now,
        stored_by=viewer.account_id,
    )
    session.add(file)
    await session.flush()
    return file


async def lock_subscriber(session: AsyncSession, subscriber_id: int) -> None:
    """What changes one subscriber's files and folders goes one after the other, until each has committed."""
    await session.exec(select(Subscriber.id).where(Subscriber.id == subscriber_id).with_for_update(key_share=True))


async def find_sent_file(session: AsyncSession, account_id: int, file_id: int) -> StoredFile | None:
    """What this member of staff has sent to do something with: never a subscriber's own file. Held until this
    commits: what is done with it is done by one after the other."""
    wanted = select(StoredFile).where(
        StoredFile.id == file_id, StoredFile.stored_by == account_id, col(StoredFile.subscriber_id).is_(None)
    )
    return (await session.exec(wanted.with_for_update(key_share=True))).one_or_none()


async def forget_file(session: AsyncSession, file: StoredFile) -> None:
    """Its row now; its content a little later, where no other row names it (`jobs/files.py`)."""
    await session.delete(file)
    await session.flush()
    await forget_content_later(session, file.key)


async def forget_content_later(session: AsyncSession, key: str) -> None:
    await defer(session, FORGET_TASK, {"key": key}, after=FORGOTTEN_AFTER)


async def remove_unheld(session: AsyncSession, now: datetime) -> int:
    """How many files there were that nothing holds: sent to be published, and published never or to nobody any more."""
    held = [exists().where(key == col(StoredFile.id)) for key in _holders()]
    unheld = delete(StoredFile).where(col(StoredFile.stored_at) < now - UNHELD_FOR, ~or_(*held))
    return (await execute_sql(session, unheld)).rowcount


async def find_unused(session: AsyncSession, keys: Iterable[str]) -> set[str]:
    """Those of the store's keys that no row names."""
    asked = set(keys)
    for column in KEYS:
        asked -= set((await session.exec(select(column).where(column.in_(asked)))).all())
    return asked


def _holders() -> list[Column[int]]:
    """Each column that points at a stored file."""
    keys = [key for table in SQLModel.metadata.sorted_tables for key in table.foreign_keys]
    return [key.parent for key in keys if key.column.table.name == StoredFile.__tablename__]
