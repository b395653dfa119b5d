"""How often one may try: each try counted before it is made, waits that double, and nobody locked out for good.

CNIL, délibération 2022-100: with a password of 8 characters, a wait of more than a minute after 5 failures that grows
exponentially, and 25 tries a day at most.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import execute_sql
from portail_app.errors import TooManyTries


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window, then a wait before each one, twice as long each time."""

    tries: int
    first_wait: timedelta
    longest_wait: timedelta
    window: timedelta


ACCOUNT_SIGN_IN = Limit(5, timedelta(minutes=1), timedelta(hours=2), timedelta(hours=24))
ADDRESS_SIGN_IN = Limit(50, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1))
ACCOUNT_MAIL = Limit(3, timedelta(minutes=2), timedelta(hours=2), timedelta(hours=24))
ADDRESS_MAIL = Limit(20, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1))

_FORGET = text("DELETE FROM attempt_counter WHERE key = :key")
_GIVE_BACK = text("UPDATE attempt_counter SET attempts = attempts - 1, blocked_until = NULL WHERE key = :key")
_WAIT = text("SELECT blocked_until FROM attempt_counter WHERE key = :key")
_COUNT_UNLESS_WAITING = text("""
    INSERT INTO attempt_counter AS c (key, attempts, window_started_at)
    VALUES (:key, 1, :now)
    ON CONFLICT (key) DO UPDATE SET
        attempts = CASE WHEN c.window_started_at <= :stale THEN 1 ELSE c.attempts + 1 END,
        window_started_at = CASE WHEN c.window_started_at <= :stale THEN :now ELSE c.window_started_at END,
        blocked_until = CASE WHEN c.window_started_at > :stale AND c.attempts + 1 >= :tries
            THEN CAST(:now AS timestamptz)
                + LEAST(CAST(:longest AS interval), CAST(:first AS interval) * 2 ^ LEAST(c.attempts + 1 - :tries, 20))
            END
    WHERE c.blocked_until IS NULL OR c.blocked_until <= :now
    RETURNING attempts
""")


async def count_try(session: AsyncSession, key: str, limit: Limit, now: datetime) -> None:
    """Count one more try, to be committed before it is made. Raises TooManyTries, counting nothing, while one waits."""
    counted = await execute_sql(
        session,
        _COUNT_UNLESS_WAITING,
        key=key,
        now=now,
        stale=now - limit.window,
        tries=limit.tries,
        first=limit.first_wait,
        longest=limit.longest_wait,
    )
    if counted.one_or_none() is None:
        raise TooManyTries(await _wait_seconds(session, key, now))


async def forget_tries(session: AsyncSession, key: str) -> None:
    await execute_sql(session, _FORGET, key=key)


async def give_back_try(session: AsyncSession, key: str) -> None:
    """A try that succeeded does not count: many people may share one address."""
    await execute_sql(session, _GIVE_BACK, key=key)


def account_key(purpose: str, email: str) -> str:
    """Whatever is typed as an e-mail, of which the longest has 254 characters (RFC 5321, 4.5.3.1.3)."""
    return f"{purpose} {email[:254]}"


def address_key(purpose: str, address: str) -> str:
    """One key for all that one client may own: an IPv6 subscriber has a /64. No e-mail that anybody types has it."""
    try:
        known = ip_address(address)
    except ValueError:
        return f"adresse {purpose} {address[:64]}"
    client = ip_network((known, 64), strict=False) if isinstance(known, IPv6Address) else known
    return f"adresse {purpose} {client}"


async def _wait_seconds(session: AsyncSession, key: str, now: datetime) -> int:
    found = await execute_sql(session, _WAIT, key=key)
    blocked_until: datetime | None = found.scalar_one_or_none()
    return round((blocked_until - now).total_seconds()) if blocked_until else 0
