"""Accounts: one e-mail is one account, which holds the subscribers that carry this e-mail."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account
from portail_app.services.credentials import normal_email, write_password

_INSERT = text("INSERT INTO account (email, name, created_at) VALUES (:email, '', :now) ON CONFLICT (email) DO NOTHING")

_HOLD = text("""
    INSERT INTO account_subscriber (account_id, subscriber_id, hold)
    SELECT :account_id, s.id, 'titulaire' FROM subscriber s WHERE lower(s.email) = :email
    ON CONFLICT (account_id, subscriber_id) DO NOTHING
""")
_NAME = text("""
    UPDATE account SET name = s.name FROM subscriber s
    WHERE account.id = :account_id AND account.name = '' AND lower(s.email) = :email
""")


async def open_account(session: AsyncSession, email: str, now: datetime) -> Account:
    """The account of an e-mail, made (not yet activated) where there is none."""
    email = normal_email(email)
    await session.execute(_INSERT, {"email": email, "now": now})
    return (await session.exec(select(Account).where(Account.email == email))).one()


async def activate_account(session: AsyncSession, email: str, argon2: str, now: datetime) -> Account:
    """Give the account its password and the subscribers that carry its e-mail."""
    account = await open_account(session, email, now)
    assert account.id is not None
    account.activated_at = account.activated_at or now
    session.add(account)
    await write_password(session, account.id, argon2, now)
    await session.execute(_HOLD, {"account_id": account.id, "email": account.email})
    await session.execute(_NAME, {"account_id": account.id, "email": account.email})
    return account
