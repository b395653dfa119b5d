"""The sessions of one's own account: seen, and ended, by whoever is signed in to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.sql.dml import Update
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessSession
from portail_app.errors import NotFound
from portail_app.services.browsers import browser_name
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OpenSession:
    """What its owner is shown of a session: nothing that would let anybody use it."""

    id: int
    browser: str
    address: str
    opened_at: datetime
    ends_at: datetime
    is_this: bool


async def close_own_session(session: AsyncSession, viewer: Viewer, session_id: int, now: datetime) -> None:
    """Raises NotFound for another's session as for none."""
    ended = _live(viewer).where(col(AccessSession.id) == session_id).values(revoked_at=now)
    if (await session.exec(ended)).rowcount == 0:
        raise NotFound("Session")


async def close_other_sessions(session: AsyncSession, viewer: Viewer, now: datetime) -> int:
    """All but the one that asks; how many there were."""
    others = _live(viewer).where(col(AccessSession.id) != viewer.session_id, col(AccessSession.expires_at) > now)
    return (await session.exec(others.values(revoked_at=now))).rowcount


async def list_sessions(session: AsyncSession, viewer: Viewer, now: datetime) -> list[OpenSession]:
    """The viewer's own that are still open, this one first, then the newest."""
    own = select(AccessSession).where(
        AccessSession.account_id == viewer.account_id,
        col(AccessSession.revoked_at).is_(None),
        col(AccessSession.expires_at) > now,
    )
    this_first = own.order_by((col(AccessSession.id) == viewer.session_id).desc(), col(AccessSession.id).desc())
    return [
        OpenSession(
            id=row.id or 0,
            browser=browser_name(row.user_agent),
            address=row.address,
            opened_at=row.created_at,
            ends_at=row.expires_at,
            is_this=row.id == viewer.session_id,
        )
        for row in (await session.exec(this_first)).all()
    ]


def _live(viewer: Viewer) -> Update:
    return update(AccessSession).where(
        col(AccessSession.account_id) == viewer.account_id, col(AccessSession.revoked_at).is_(None)
    )
