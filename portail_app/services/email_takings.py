"""Whose an address is: one account has it, or nobody who ever opened one."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import and_, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessLink, Account, AccountSubscriber, StaffRole
from portail_app.errors import Invalid

TAKEN = "Deux comptes ne peuvent pas utiliser la même adresse mail."

_UNOPENED = and_(
    col(Account.activated_at).is_(None),
    ~select(AccountSubscriber.id).where(AccountSubscriber.account_id == Account.id).exists(),
    ~select(StaffRole.id).where(StaffRole.account_id == Account.id).exists(),
)


async def is_in_use(session: AsyncSession, email: str) -> bool:
    used = select(Account.id).where(Account.email == email, ~_UNOPENED)
    return (await session.exec(used)).first() is not None


async def take_address(session: AsyncSession, account: Account, chosen: str) -> None:
    """An account that somebody asked for and never activated gives way to who has proven the address. Raises Invalid
    where another has it: then nothing has changed."""
    if await is_in_use(session, chosen):
        raise Invalid(TAKEN)
    unopened = select(Account.id).where(Account.email == chosen, _UNOPENED)
    await session.exec(delete(AccessLink).where(col(AccessLink.account_id).in_(unopened)))
    await session.exec(delete(Account).where(col(Account.email) == chosen, _UNOPENED))
    try:
        async with session.begin_nested():
            account.email = chosen
            session.add(account)
            await session.flush()
    except IntegrityError as taken:
        raise Invalid(TAKEN) from taken
