"""The audit trail: who changed what, written in the transaction of the change itself."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AuditEntry, StaffRank
from portail_app.errors import Forbidden
from portail_app.services.permissions import utilities_at
from portail_app.viewer import Viewer

PAGE = 200


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """An entry with who made it and its details in words."""

    entry: AuditEntry
    who: str
    details: str


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


def record_own(
    session: AsyncSession, viewer: Viewer, action: str, subject: str, *, details: dict[str, Any] | None = None
) -> None:
    """What somebody changed of their own account, for each utility that knows them."""
    for utility_id in sorted(viewer.utility_ids):
        record(session, viewer, action, subject, utility_id=utility_id, details=details)


async def list_entries(session: AsyncSession, viewer: Viewer, *, limit: int = PAGE) -> list[SignedEntry]:
    """The newest first, of the utilities that the viewer administers."""
    administered = utilities_at(viewer, StaffRank.ADMINISTRATOR)
    if not administered:
        raise Forbidden
    newest = (
        select(AuditEntry, Account)
        .join(Account, col(Account.id) == col(AuditEntry.account_id), isouter=True)
        .where(col(AuditEntry.utility_id).in_(administered))
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    )
    return [_signed(entry, account) for entry, account in (await session.exec(newest)).all()]


def _signed(entry: AuditEntry, account: Account | None) -> SignedEntry:
    who = (account.name or account.email) if account else "Le portail"
    known = [f"{name} : {value}" for name, value in entry.details.items() if value not in (None, "")]
    return SignedEntry(entry, who, " · ".join(known))
