"""« Changer le mot de passe », by who is signed in and knows the present one."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account
from portail_app.services import audit
from portail_app.services.access_links import end_links
from portail_app.services.account_letters import tell_password_changed
from portail_app.services.accounts import owner_of
from portail_app.services.credentials import Credentials, confirm_credentials, write_password
from portail_app.services.own_sessions import close_other_sessions
from portail_app.services.password_policy import Owner
from portail_app.viewer import Viewer

SAME = "Choisissez un mot de passe différent de l’actuel."


async def find_own_rules(session: AsyncSession, viewer: Viewer) -> Owner:
    """What the viewer's password may not be made of."""
    return await owner_of(session, await session.get_one(Account, viewer.account_id))


async def change_password(
    session: AsyncSession, viewer: Viewer, proven: Credentials, argon2: str, now: datetime
) -> int:
    """How many other sessions it closed; no link sent before may change the password again.

    Raises Invalid where the present password was changed since it was proven.
    """
    assert viewer.account_id is not None
    await confirm_credentials(session, proven)
    await write_password(session, viewer.account_id, argon2, now)
    await end_links(session, viewer.account_id, now)
    closed = await close_other_sessions(session, viewer, now)
    await tell_password_changed(session, viewer, now)
    audit.record_own(session, viewer, "Mot de passe changé", viewer.email)
    return closed
