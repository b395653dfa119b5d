"""A statement that staff send: what it would change is said first; then it is written, and so is who did it."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import StaffRank, StoredFile, Utility
from portail_app.errors import Forbidden, Invalid
from portail_app.gateways.file_kinds import SHEET
from portail_app.imports.treasury import StatementReport
from portail_app.services import audit
from portail_app.services.files import find_sent_file, forget_file
from portail_app.services.permissions import utilities_at
from portail_app.services.statement_runs import SentStatement
from portail_app.viewer import Viewer

NO_FILE = "Choisissez d’abord le relevé à importer."


def check_treasurer(viewer: Viewer) -> int:
    """Managers, who check payments: one of their utilities."""
    managed = utilities_at(viewer, StaffRank.MANAGER)
    if not managed:
        raise Forbidden
    return min(managed)


async def find_statement(session: AsyncSession, viewer: Viewer, file_id: int) -> SentStatement:
    check_treasurer(viewer)
    file = await _find_sheet(session, viewer, file_id)
    managed = utilities_at(viewer, StaffRank.MANAGER)
    codes = (await session.exec(select(Utility.code).where(col(Utility.id).in_(managed)))).all()
    return SentStatement(file.key, file.name, frozenset(codes))


async def record_statement(session: AsyncSession, viewer: Viewer, file_id: int, report: StatementReport) -> None:
    """Written: its file goes, what it said stays in the rows and in the audit trail."""
    file = await _find_sheet(session, viewer, file_id)
    details = {"nouvelles": report.new, "modifiées": report.changed, "refusées": report.refused}
    for utility_id in sorted(utilities_at(viewer, StaffRank.MANAGER)):
        audit.record(session, viewer, "Relevé importé", file.name, utility_id=utility_id, details=details)
    await forget_file(session, file)


async def _find_sheet(session: AsyncSession, viewer: Viewer, file_id: int) -> StoredFile:
    file = await find_sent_file(session, viewer.account_id or 0, file_id)
    if file is None or file.media_type != SHEET.media_type:
        raise Invalid(NO_FILE, field="file_id")
    return file
