"""The links that a password is chosen by: whose each is, and what using it up does."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, LinkKind
from portail_app.errors import LinkRefused
from portail_app.services.access_links import find_any_link, find_link, use_link
from portail_app.services.accounts import activate, owner_of
from portail_app.services.password_policy import Owner


async def find_owner(session: AsyncSession, token: str, now: datetime) -> tuple[Account, Owner]:
    """Whose link this is, and what their password may not be made of. Raises LinkRefused."""
    _, account = await find_link(session, token, now)
    return account, await owner_of(session, account)


async def find_address(session: AsyncSession, token: str) -> str:
    """Who was sent a link, good or over. Raises LinkRefused for one that we have never sent."""
    _, account = await find_any_link(session, token)
    return account.email


async def has_been_sent(session: AsyncSession, token: str) -> bool:
    try:
        await find_any_link(session, token)
    except LinkRefused:
        return False
    return True


async def choose_password(session: AsyncSession, token: str, argon2: str, now: datetime) -> Account:
    """Use the link up: the account has this password, is active, and every session of it ends. Raises LinkRefused."""
    link, account = await use_link(session, token, now)
    codes = link.codes.splitlines() if link.kind is LinkKind.ACTIVATION else []
    await activate(session, account, argon2, now, codes)
    return account
