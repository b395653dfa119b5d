"""What the link of a new address leads to, and whose it is; taking it makes the address the account's."""

from dataclasses import dataclass

from portail_app.database import transaction
from portail_app.services.access_links import EMAIL_LINKS, find_link
from portail_app.services.email_changes import change_email
from portail_app.states.clock import now
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Opened:
    """`is_own`: whoever opens it is signed in as the account that asked."""

    chosen: str
    email: str
    is_own: bool


async def look_at(link: str, viewer: Viewer) -> Opened:
    """Raises LinkRefused."""
    async with transaction(Viewer.system()) as session:
        found, account = await find_link(session, link, now(), EMAIL_LINKS)
    return Opened(found.email, account.email, account.id == viewer.account_id)


async def take(link: str) -> str:
    """The account's new address. Raises LinkRefused."""
    async with transaction(Viewer.system()) as session:
        return await change_email(session, link, now())
