"""Taking documents away: a deposit by who sent it, anything by staff, with a reason that stays in the audit trail."""

from sqlalchemy import ColumnElement, and_, delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, StaffRank, StoredFile
from portail_app.database import execute_sql
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit
from portail_app.services.documents import READABLE, lock_document
from portail_app.services.files import forget_file
from portail_app.services.permissions import require_rank
from portail_app.viewer import Scope, Viewer

LONGEST_REASON = 300


async def take_back(session: AsyncSession, viewer: Viewer, document_id: int) -> None:
    """By who sent it, as long as staff have not filed it."""
    document, file = await lock_document(session, viewer, document_id)
    if not document.is_deposit or document.filed_at or document.placed_by != viewer.account_id:
        raise Forbidden
    audit.record(session, viewer, "Document retiré", file.name, utility_id=document.utility_id)
    await _remove(session, col(Document.id) == document_id, file)


async def withdraw_document(session: AsyncSession, viewer: Viewer, document_id: int, reason: str) -> None:
    """By staff. What was published is taken from this one subscriber; the others keep it."""
    document, file = await lock_document(session, viewer, document_id)
    least = StaffRank.AGENT if document.is_deposit else StaffRank.MANAGER
    require_rank(viewer, document.utility_id, least)
    details = {"motif": _checked(reason), "abonnés": 1}
    audit.record(session, viewer, "Document retiré", file.name, utility_id=document.utility_id, details=details)
    await _remove(session, col(Document.id) == document_id, file)


async def withdraw_publication(session: AsyncSession, viewer: Viewer, file_id: int, reason: str) -> int:
    """From everybody who has it in the viewer's utilities: from how many."""
    file = (await session.exec(select(StoredFile).where(StoredFile.id == file_id).with_for_update())).one_or_none()
    published = and_(col(Document.file_id) == file_id, ~col(Document.is_deposit))
    counted = select(Document.utility_id, func.count()).where(published, READABLE[Scope.STAFF])
    found = (await session.exec(counted.params(**viewer.bounds).group_by(col(Document.utility_id)))).all()
    if file is None or not found:
        raise NotFound("Publication")
    for utility_id, count in found:
        require_rank(viewer, utility_id, StaffRank.MANAGER)
        details = {"motif": _checked(reason), "abonnés": count}
        audit.record(session, viewer, "Publication retirée", file.name, utility_id=utility_id, details=details)
    await _remove(session, and_(published, col(Document.utility_id).in_([utility_id for utility_id, _ in found])), file)
    return sum(count for _, count in found)


async def _remove(session: AsyncSession, which: ColumnElement[bool], file: StoredFile) -> None:
    await execute_sql(session, delete(Document).where(which))
    left = select(func.count()).where(col(Document.file_id) == file.id)
    if not (await session.exec(left)).one():
        await forget_file(session, file)


def _checked(reason: str) -> str:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Indiquez un motif, de {LONGEST_REASON} caractères au plus.", field="reason")
    return reason.strip()
