"""Sessions are rows: who is behind a cookie, read afresh or known to be unchanged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import text
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessKind, AccessRecord, AccessSession, Hold, StaffRank
from portail_app.reading import Prepared, Reader
from portail_app.services.browsers import browser_name
from portail_app.settings import Settings
from portail_app.viewer import Viewer

SESSION_COOKIE = Settings().cookie_name("portail_session")
REMEMBERED_FOR = timedelta(days=30)
OPEN_FOR = timedelta(hours=12)
PAYING_HOLDS = {Hold.HOLDER.value, Hold.MAY_PAY.value}

_VIEWER_OF_TOKEN = Prepared(
    text("""
    SELECT s.id, s.expires_at, a.id, a.email, a.name,
        COALESCE((SELECT json_agg(json_build_array(l.subscriber_id, l.hold, p.utility_id))
                  FROM account_subscriber l JOIN subscriber p ON p.id = l.subscriber_id
                  WHERE l.account_id = a.id), '[]'::json),
        COALESCE((SELECT json_agg(json_build_array(r.utility_id, r.rank))
                  FROM staff_role r WHERE r.account_id = a.id), '[]'::json)
    FROM access_session s JOIN account a ON a.id = s.account_id
    WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL AND s.expires_at > :now AND a.activated_at IS NOT NULL
""")
)


def hash_token(token: str) -> bytes:
    """What the database keeps of a random token: useless to whoever reads it there."""
    return sha256(token.encode()).digest()


async def find_viewer(reader: Reader, token: str, now: datetime) -> tuple[Viewer, datetime] | None:
    """The viewer behind a session's token and when it ends; None where it is revoked, expired or unknown."""
    found = await reader.rows(_VIEWER_OF_TOKEN, token_hash=hash_token(token), now=now)
    if not found:
        return None
    session_id, expires_at, account_id, email, name, holds, roles = found[0]
    viewer = Viewer(
        account_id=account_id,
        session_id=session_id,
        email=email,
        name=name,
        subscriber_ids=frozenset(subscriber_id for subscriber_id, _, _ in holds),
        payable_subscriber_ids=frozenset(subscriber_id for subscriber_id, hold, _ in holds if hold in PAYING_HOLDS),
        subscribed_utility_ids=frozenset(utility_id for _, _, utility_id in holds),
        ranks={utility_id: StaffRank(rank) for utility_id, rank in roles},
    )
    return viewer, expires_at


@dataclass(frozen=True, slots=True)
class Browser:
    """What a session tells its owner of the browser it was opened in."""

    user_agent: str = ""
    address: str = ""


async def open_session(
    session: AsyncSession, account_id: int, browser: Browser, now: datetime, *, remember: bool
) -> str:
    """The token of a new session, for its cookie: this is the only time that it is known."""
    token = token_urlsafe(32)
    session.add(
        AccessSession(
            token_hash=hash_token(token),
            account_id=account_id,
            remembered=remember,
            created_at=now,
            expires_at=now + (REMEMBERED_FOR if remember else OPEN_FOR),
            user_agent=browser.user_agent[:300],
            address=browser.address[:64],
        )
    )
    session.add(_record(account_id, browser, now))
    return token


def _record(account_id: int, browser: Browser, now: datetime) -> AccessRecord:
    """What the history says of it, long after the session's own row is forgotten."""
    return AccessRecord(
        kind=AccessKind.SIGN_IN,
        account_id=account_id,
        at=now,
        browser=browser_name(browser.user_agent),
        address=browser.address[:64],
    )


async def close_session(session: AsyncSession, token: str, now: datetime) -> None:
    """End the session of a token, if there is one: the browser that held it is getting another, or none."""
    held = col(AccessSession.token_hash) == hash_token(token), col(AccessSession.revoked_at).is_(None)
    await session.exec(update(AccessSession).where(*held).values(revoked_at=now))
