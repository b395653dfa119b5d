"""What an account proves itself with: its password, of which only the hash is kept."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, PasswordHash
from portail_app.database import execute_sql
from portail_app.errors import Invalid

WRONG = "Identifiant ou mot de passe incorrect."

_ADDRESS = re.compile(r"[^@\s<>\"(),;:\\]+@[^@\s<>\"(),;:\\]+\.[^@\s<>\"(),;:\\]+")
_WRITE = text("""
    INSERT INTO password_hash (account_id, argon2, changed_at) VALUES (:account_id, :argon2, :now)
    ON CONFLICT (account_id) DO UPDATE SET argon2 = excluded.argon2, changed_at = excluded.changed_at
""")
_REFUSE_TICKETS = text("UPDATE sign_in_ticket SET used_at = :now WHERE account_id = :account_id AND used_at IS NULL")


@dataclass(frozen=True, slots=True)
class Credentials:
    account_id: int
    argon2: str


def normal_email(typed: str) -> str:
    """An address as accounts keep it: two accounts cannot share one."""
    return typed.strip().lower()


def valid_email(typed: str) -> str:
    """Raises Invalid for what is no address, before anything is counted or looked up."""
    email = normal_email(typed)
    if not _ADDRESS.fullmatch(email) or len(email) > 254:
        raise Invalid("Saisissez une adresse mail complète, par exemple nom@exemple.fr.", field="email")
    return email


async def find_credentials(session: AsyncSession, email: str) -> Credentials | None:
    wanted = (
        select(PasswordHash.account_id, PasswordHash.argon2)
        .join(Account, col(Account.id) == PasswordHash.account_id)
        .where(Account.email == normal_email(email), col(Account.activated_at).is_not(None))
    )
    found = (await session.exec(wanted)).one_or_none()
    return Credentials(*found) if found else None


async def confirm_credentials(session: AsyncSession, credentials: Credentials) -> None:
    """Raises Invalid where the password was changed since it was read, and holds it until the transaction ends."""
    wanted = (
        select(PasswordHash.account_id)
        .where(PasswordHash.account_id == credentials.account_id, PasswordHash.argon2 == credentials.argon2)
        .with_for_update(read=True)
    )
    if (await session.exec(wanted)).one_or_none() is None:
        raise Invalid(WRONG)


async def write_password(session: AsyncSession, account_id: int, argon2: str, now: datetime) -> None:
    """What the former one has opened is the caller's to close, after this: no sign-in that it won is still to come."""
    await execute_sql(session, _WRITE, account_id=account_id, argon2=argon2, now=now)
    await execute_sql(session, _REFUSE_TICKETS, account_id=account_id, now=now)
