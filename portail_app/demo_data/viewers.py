"""The demonstration's people as viewers, by their addresses."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, StaffRole
from portail_app.services.holds import holder_of
from portail_app.viewer import Viewer


async def find_subscriber_of(session: AsyncSession, email: str) -> Viewer:
    return await holder_of(session, await _find_account(session, email))


async def find_agent(session: AsyncSession, email: str) -> Viewer:
    account = await _find_account(session, email)
    roles = (await session.exec(select(StaffRole).where(StaffRole.account_id == account.id))).all()
    return Viewer(account.id, ranks={role.utility_id: role.rank for role in roles})


async def _find_account(session: AsyncSession, email: str) -> Account:
    return (await session.exec(select(Account).where(Account.email == email))).one()
