"""A copy of all one's data while a job makes it: begun, its progress, finished or failed."""

from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, DataExport, MailEvent
from portail_app.formats import instant
from portail_app.mails import personal
from portail_app.services.exports import KEPT_FOR, UNFINISHED
from portail_app.services.holds import sender_of, viewer_of
from portail_app.services.mails import write_mail


async def begin_building(session: AsyncSession, export_id: int, parts_in_all: int) -> None:
    begun = update(DataExport).where(col(DataExport.id) == export_id)
    await session.exec(begun.values(parts=0, parts_in_all=parts_in_all))


async def note_progress(session: AsyncSession, export_id: int, parts: int) -> None:
    await session.exec(update(DataExport).where(col(DataExport.id) == export_id).values(parts=parts))


async def finish_export(session: AsyncSession, export_id: int, file_name: str, size_bytes: int, now: datetime) -> bool:
    """False where it was given up meanwhile: its file is nobody's."""
    done = (
        update(DataExport)
        .where(col(DataExport.id) == export_id, UNFINISHED)
        .values(done_at=now, expires_at=now + KEPT_FOR, file_name=file_name, size_bytes=size_bytes)
        .returning(col(DataExport.account_id))
    )
    account_id = (await session.exec(done)).scalar_one_or_none()
    if account_id is None:
        return False
    account = await session.get_one(Account, account_id)
    sender = await sender_of(session, await viewer_of(session, account))
    await write_mail(
        session,
        event_key=f"export-{export_id}",
        event=MailEvent.ACCOUNT,
        recipient=account.email,
        subject="La copie de vos données est prête",
        text=personal.export_ready(sender, instant(now + KEPT_FOR)),
    )
    return True


async def fail_export(session: AsyncSession, export_id: int, now: datetime) -> None:
    await session.exec(update(DataExport).where(col(DataExport.id) == export_id, UNFINISHED).values(failed_at=now))


async def find_unbuilt(session: AsyncSession, export_id: int) -> Account | None:
    """Whose data is to be copied; None where that is done, given up, or unknown."""
    wanted = select(Account).join(DataExport, col(DataExport.account_id) == Account.id)
    return (await session.exec(wanted.where(DataExport.id == export_id, UNFINISHED))).one_or_none()
