"""Copies of all one's data: asked for, made by a job, downloaded by who asked, gone after some days."""

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import DataExport
from portail_app.errors import Invalid, NotFound
from portail_app.gateways.export_files import ExportFiles
from portail_app.jobs.app import defer
from portail_app.services import audit
from portail_app.settings import settings
from portail_app.viewer import Viewer

BUILD_TASK, QUEUE = "exports.build", "exports"
KEPT_FOR = timedelta(days=7)
LOST_AFTER = timedelta(hours=1)
MOST_A_DAY = 5
TOO_MANY = "Vous avez déjà demandé plusieurs copies aujourd’hui. La dernière reste disponible ci-dessous."


def export_files() -> ExportFiles:
    return ExportFiles(settings().data_folder / "exports")


async def ask_for_export(session: AsyncSession, viewer: Viewer, now: datetime) -> DataExport:
    """The new one, or the one that is being made. Raises Invalid for one too many in a day."""
    await _give_up_lost(session, viewer, now)
    today = select(func.count()).where(
        DataExport.account_id == viewer.account_id, col(DataExport.asked_at) > now - timedelta(days=1)
    )
    begun = insert(DataExport).values(
        account_id=viewer.account_id, asked_at=now, parts=0, parts_in_all=0, size_bytes=0, file_name=""
    )
    is_too_much = (await session.exec(today)).one() >= MOST_A_DAY
    if is_too_much and await _find_unfinished(session, viewer) is None:
        raise Invalid(TOO_MANY)
    new_id = (await session.exec(begun.on_conflict_do_nothing().returning(col(DataExport.id)))).scalar_one_or_none()
    if new_id is not None:
        audit.record_own(session, viewer, "Copie de ses données demandée", viewer.email)
        await defer(session, BUILD_TASK, {"export_id": new_id}, queue=QUEUE)
    found = await _find_unfinished(session, viewer)
    if found is None:
        raise NotFound("Copie")
    return found


async def list_exports(session: AsyncSession, viewer: Viewer, now: datetime) -> list[DataExport]:
    """The viewer's own, the newest first; what has expired is said to be gone, though its file may still lie there."""
    wanted = _readable_by(viewer).order_by(col(DataExport.id).desc()).limit(10)
    found = (await session.exec(wanted, execution_options={"populate_existing": True})).all()
    for export in found:
        session.expunge(export)
        if export.expires_at and export.expires_at <= now:
            export.removed_at = export.removed_at or export.expires_at
    return list(found)


async def find_download(session: AsyncSession, viewer: Viewer, export_id: int, now: datetime) -> DataExport:
    """A copy of the viewer's own that is ready. Raises NotFound for another's, one that is gone, or none."""
    export = (await session.exec(_readable_by(viewer).where(DataExport.id == export_id))).one_or_none()
    if export is None or not export.done_at or export.removed_at or not export.expires_at or export.expires_at <= now:
        raise NotFound("Copie de vos données")
    audit.record_own(session, viewer, "Copie de ses données téléchargée", viewer.email)
    return export


async def remove_expired(session: AsyncSession, now: datetime) -> list[str]:
    """The names of the files that nobody may download any more."""
    over = (
        update(DataExport)
        .where(col(DataExport.expires_at) <= now, col(DataExport.removed_at).is_(None))
        .values(removed_at=now)
        .returning(col(DataExport.file_name))
    )
    return list((await session.exec(over)).scalars())


UNFINISHED = col(DataExport.done_at).is_(None) & col(DataExport.failed_at).is_(None)


def _readable_by(viewer: Viewer) -> SelectOfScalar[DataExport]:
    return select(DataExport).where(DataExport.account_id == (viewer.account_id or 0))


async def _find_unfinished(session: AsyncSession, viewer: Viewer) -> DataExport | None:
    return (await session.exec(_readable_by(viewer).where(UNFINISHED))).one_or_none()


async def _give_up_lost(session: AsyncSession, viewer: Viewer, now: datetime) -> None:
    """One that no worker finished in an hour would keep its owner from asking again."""
    lost = col(DataExport.asked_at) < now - LOST_AFTER
    given_up = update(DataExport).where(col(DataExport.account_id) == viewer.account_id, UNFINISHED, lost)
    await session.exec(given_up.values(failed_at=now))
