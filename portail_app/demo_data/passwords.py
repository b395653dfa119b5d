"""The password with which all the demonstration's cast sign in."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.services.accounts import activate, find_known, open_account
from portail_app.services.credentials import find_credentials
from portail_app.services.passwords import hash_password, verify_password

CAST = ("alice@example.fr", "bruno@example.fr", "chloe@example.fr")
PASSWORD = "Portail-2026"  # noqa: S105  the demo's, printed for everybody


async def give_passwords(session: AsyncSession, now: datetime) -> None:
    """Whoever has that password already keeps it, and their sessions."""
    for email in CAST:
        known = await find_credentials(session, email)
        if known is None or not await verify_password(known.argon2, PASSWORD):
            await _give_password(session, email, now)


async def _give_password(session: AsyncSession, email: str, now: datetime) -> None:
    """As if every code had been given."""
    codes = [subscriber.number for subscriber, _ in (await find_known(session, email)).subscribers]
    account = await open_account(session, email, now)
    await activate(session, account, await hash_password(PASSWORD), now, codes)
