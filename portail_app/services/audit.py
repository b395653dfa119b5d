"""The audit trail: who changed what, written in the transaction of the change itself."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AuditEntry, StaffRank
from portail_app.errors import Forbidden
from portail_app.services.audit_words import in_words
from portail_app.services.paging import FIRST_PAGE, Page, Sought, on_day, read_page
from portail_app.services.permissions import utilities_at
from portail_app.viewer import Viewer


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


async def list_entries(session: AsyncSession, viewer: Viewer, sought: Sought = FIRST_PAGE) -> Page[SignedEntry]:
    """The newest first, of the utilities that the viewer administers. A search is a part of who or of what."""
    administered = utilities_at(viewer, StaffRank.ADMINISTRATOR)
    if not administered:
        raise Forbidden
    wanted = (
        select(AuditEntry, Account)
        .join(Account, col(Account.id) == col(AuditEntry.account_id), isouter=True)
        .where(col(AuditEntry.utility_id).in_(administered))
    )
    if sought.search:
        wanted = wanted.where(_matches(sought.search))
    if sought.day:
        wanted = wanted.where(on_day(col(AuditEntry.at), sought.day))
    found = await read_page(session, wanted.order_by(col(AuditEntry.id).desc()), sought)
    return Page((_signed(entry, account) for entry, account in found), found.total)


def _matches(search: str) -> ColumnElement[bool]:
    searched = (col(AuditEntry.action), col(AuditEntry.subject), col(Account.name), col(Account.email))
    return or_(*(words.icontains(search, autoescape=True) for words in searched))


def _signed(entry: AuditEntry, account: Account | None) -> SignedEntry:
    who = (account.name or account.email) if account else "Le portail"
    known = [f"{name}\u00a0: {in_words(value)}" for name, value in entry.details.items() if value not in (None, "")]
    return SignedEntry(entry, who, " · ".join(known))
