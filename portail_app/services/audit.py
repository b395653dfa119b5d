"""The audit trail: who changed what, written in the transaction of the change itself."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import AuditEntry, StaffRank
from portail_app.errors import Forbidden
from portail_app.services.permissions import utilities_at
from portail_app.viewer import Viewer

PAGE = 200


def record(
    session: AsyncSession,
    viewer: Viewer,
    action: str,
    subject: str,
    *,
    utility_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """`action` is what staff read (« Paiement suspendu »), `subject` on what, `details` what JSON can hold."""
    session.add(
        AuditEntry(
            account_id=viewer.account_id,
            utility_id=utility_id,
            action=action,
            subject=subject[:200],
            details=details or {},
        )
    )


async def list_entries(session: AsyncSession, viewer: Viewer, *, limit: int = PAGE) -> list[AuditEntry]:
    """The newest first."""
    newest = _readable_by(viewer).order_by(col(AuditEntry.id).desc()).limit(limit)
    return list((await session.exec(newest)).all())


def _readable_by(viewer: Viewer) -> SelectOfScalar[AuditEntry]:
    if viewer.is_system:
        return select(AuditEntry)
    administered = utilities_at(viewer, StaffRank.ADMINISTRATOR)
    if not administered:
        raise Forbidden
    return select(AuditEntry).where(col(AuditEntry.utility_id).in_(administered))
