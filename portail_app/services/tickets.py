"""The one-time ticket that takes a sign-in from the websocket to the cookie, for the browser that asked only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from models import SignInTicket
from portail_app.database import execute_sql
from portail_app.errors import Invalid
from portail_app.services.sessions import hash_token
from portail_app.settings import Settings

BROWSER_COOKIE = Settings().cookie_name("portail_browser")
VALID_FOR = timedelta(minutes=1)

_USE = text("""
    UPDATE sign_in_ticket SET used_at = :now
    WHERE token_hash = :token_hash AND browser_hash = :browser_hash AND used_at IS NULL AND expires_at > :now
    RETURNING account_id, remember
""")


@dataclass(frozen=True, slots=True)
class Admission:
    account_id: int
    remember: bool


async def write_ticket(session: AsyncSession, account_id: int, browser: str, remember: bool, now: datetime) -> str:
    """The ticket for the browser that holds this `portail_browser` cookie. Raises Invalid where it holds none."""
    if not browser:
        raise Invalid("Votre navigateur a refusé un cookie nécessaire. Rechargez la page, puis réessayez.")
    ticket = token_urlsafe(32)
    session.add(
        SignInTicket(
            token_hash=hash_token(ticket),
            browser_hash=hash_token(browser),
            account_id=account_id,
            remember=remember,
            expires_at=now + VALID_FOR,
        )
    )
    return ticket


async def use_ticket(session: AsyncSession, ticket: str, browser: str, now: datetime) -> Admission | None:
    """Who is let in, once; None for a ticket that is unknown, used, too old, or another browser's."""
    used = await execute_sql(session, _USE, token_hash=hash_token(ticket), browser_hash=hash_token(browser), now=now)
    admitted = used.one_or_none()
    return Admission(admitted.account_id, admitted.remember) if admitted else None
