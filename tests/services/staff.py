"""Staff of any rank, beside Chloé, who is an administrator."""

from itertools import count

from sqlmodel.ext.asyncio.session import AsyncSession

from models import StaffRank, Utility
from portail_app.viewer import Viewer
from tests import factories

_numbers = count(1)


async def staff_of(session: AsyncSession, utility: Utility, rank: StaffRank) -> Viewer:
    account = await factories.create_account(session, f"agent{next(_numbers)}@example.fr")
    await factories.appoint(session, account, utility, rank)
    viewer, _ = await factories.sign_in(session, account)
    return viewer


async def damien_of_elsewhere(session: AsyncSession) -> Viewer:
    """An administrator of another utility."""
    return await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)
