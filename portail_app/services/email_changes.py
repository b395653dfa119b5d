"""« Changer l'adresse mail »: the new address proves itself by a link, the old one is told, and then opens nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessLink, EmailChange, LinkKind
from portail_app.errors import Invalid
from portail_app.services import account_letters, audit
from portail_app.services.access_links import EMAIL_LINKS, use_link, write_link
from portail_app.services.email_takings import TAKEN, is_in_use, take_address
from portail_app.services.holds import viewer_of
from portail_app.settings import settings
from portail_app.viewer import Viewer

VALID_FOR = timedelta(hours=24)
SAME = "C’est déjà l’adresse mail de votre compte."


@dataclass(frozen=True, slots=True)
class Pending:
    """An address that has been asked for and has not proven itself."""

    email: str
    until: datetime


async def ask_for_email(session: AsyncSession, viewer: Viewer, email: str, now: datetime) -> Pending:
    """Sends the link to the new address and tells the old one. Raises Invalid for one's own, or another account's."""
    if email == viewer.email:
        raise Invalid(SAME, field="email")
    if await is_in_use(session, email):
        raise Invalid(TAKEN, field="email")
    await cancel_pending(session, viewer, now)  # an address that was mistyped is a stranger's
    assert viewer.account_id is not None
    link = await write_link(session, viewer.account_id, LinkKind.EMAIL, now, now + VALID_FOR, email=email)
    address = f"{settings().url}/adresse-mail?lien={link.token}"
    await account_letters.tell_address_asked(session, viewer, email, address, link.expires_at)
    return Pending(email, link.expires_at)


async def find_pending(session: AsyncSession, viewer: Viewer, now: datetime) -> Pending | None:
    waiting = select(AccessLink.email, AccessLink.expires_at).where(
        AccessLink.account_id == (viewer.account_id or 0),
        AccessLink.kind == LinkKind.EMAIL,
        col(AccessLink.used_at).is_(None),
        col(AccessLink.expires_at) > now,
    )
    found = (await session.exec(waiting.order_by(col(AccessLink.created_at).desc()))).first()
    return Pending(*found) if found else None


async def cancel_pending(session: AsyncSession, viewer: Viewer, now: datetime) -> None:
    unused = update(AccessLink).where(
        col(AccessLink.account_id) == viewer.account_id,
        col(AccessLink.kind) == LinkKind.EMAIL,
        col(AccessLink.used_at).is_(None),
    )
    await session.exec(unused.values(used_at=now))


async def change_email(session: AsyncSession, token: str, now: datetime) -> str:
    """Use the link up: the account has this address, and no link sent to the former one serves any more.

    Raises LinkRefused, and Invalid where another account has taken the address meanwhile: then nothing has changed.
    """
    link, account = await use_link(session, token, now, EMAIL_LINKS)
    assert account.id is not None
    former, chosen = account.email, link.email
    await take_address(session, account, chosen)
    session.add(EmailChange(account_id=account.id, former=former, chosen=chosen, changed_at=now))
    viewer = await viewer_of(session, account)
    await account_letters.tell_address_changed(session, viewer, former, chosen)
    audit.record_own(session, viewer, "Adresse mail changée", chosen, details={"avant": former})
    return chosen
