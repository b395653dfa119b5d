"""Links to choose a password or prove an address: random, kept hashed, good once, dead once another has served."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import text
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessLink, Account, LinkKind
from portail_app.database import execute_sql
from portail_app.errors import LinkRefused
from portail_app.formats import instant
from portail_app.services.sessions import hash_token

PASSWORD_LINKS = frozenset({LinkKind.ACTIVATION, LinkKind.RENEWAL})
EMAIL_LINKS = frozenset({LinkKind.EMAIL})

_TAKE = text("""
    UPDATE access_link SET used_at = :now
    WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
    RETURNING 1
""")


@dataclass(frozen=True, slots=True)
class NewLink:
    token: str
    expires_at: datetime


async def write_link(
    session: AsyncSession,
    account_id: int,
    kind: LinkKind,
    now: datetime,
    expires_at: datetime,
    codes: frozenset[str] = frozenset(),
    *,
    email: str = "",
) -> NewLink:
    """One more link of the account: those that it has and has not used stay good until they end."""
    token = token_urlsafe(32)
    session.add(
        AccessLink(
            token_hash=hash_token(token),
            account_id=account_id,
            kind=kind,
            codes="\n".join(sorted(codes)),
            email=email,
            created_at=now,
            expires_at=expires_at,
        )
    )
    await session.flush()
    return NewLink(token, expires_at)


async def find_link(
    session: AsyncSession, token: str, now: datetime, kinds: frozenset[LinkKind] = PASSWORD_LINKS
) -> tuple[AccessLink, Account]:
    """A link that is still good, and whose it is. Raises LinkRefused, which says why it is not."""
    link, account = await find_any_link(session, token, kinds)
    if link.used_at is not None:
        raise LinkRefused("Ce lien a déjà servi, ou un autre a servi depuis. Demandez-en un nouveau.")
    if link.expires_at <= now:
        raise LinkRefused(f"Ce lien n’est plus valide depuis le {instant(link.expires_at)}. Demandez-en un nouveau.")
    return link, account


async def find_any_link(
    session: AsyncSession, token: str, kinds: frozenset[LinkKind] = PASSWORD_LINKS
) -> tuple[AccessLink, Account]:
    """A link that we have sent, good or over, and whose it is. Raises LinkRefused for any other, and for one that was
    sent for something else: who is only to prove an address chooses no password."""
    wanted = (
        select(AccessLink, Account)
        .join(Account, col(Account.id) == AccessLink.account_id)
        .where(AccessLink.token_hash == hash_token(token), col(AccessLink.kind).in_(kinds))
    )
    found = (await session.exec(wanted)).one_or_none()
    if found is None:
        raise LinkRefused
    return found


async def use_link(
    session: AsyncSession, token: str, now: datetime, kinds: frozenset[LinkKind] = PASSWORD_LINKS
) -> tuple[AccessLink, Account]:
    """The link, used up, and all others of its account with it. Of two uses at once, one is refused."""
    link, account = await find_any_link(session, token, kinds)
    await session.exec(select(Account.id).where(Account.id == account.id).with_for_update(key_share=True))
    taken = await execute_sql(session, _TAKE, token_hash=link.token_hash, now=now)
    if taken.one_or_none() is None:
        await session.refresh(link)
        await find_link(session, token, now, kinds)
        raise LinkRefused
    await end_links(session, account.id, now)
    return link, account


async def end_links(session: AsyncSession, account_id: int | None, now: datetime) -> None:
    """When the password changes, whatever way, no link sent before may change it again."""
    unused = update(AccessLink).where(col(AccessLink.account_id) == account_id, col(AccessLink.used_at).is_(None))
    await session.exec(unused.values(used_at=now))
