"""« Changer l'adresse mail »: the new address proves itself by a link, the old one is told, and then opens nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import and_, col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessLink, Account, AccountSubscriber, EmailChange, LinkKind, MailEvent, StaffRole
from portail_app.database import execute_sql
from portail_app.errors import Invalid
from portail_app.formats import instant
from portail_app.mails import personal
from portail_app.services import audit
from portail_app.services.access_links import EMAIL_LINKS, use_link, write_link
from portail_app.services.holds import sender_of, viewer_of
from portail_app.services.mails import write_mail
from portail_app.settings import settings
from portail_app.viewer import Viewer

VALID_FOR = timedelta(hours=24)
TAKEN = "Deux comptes ne peuvent pas utiliser la même adresse mail."
SAME = "C’est déjà l’adresse mail de votre compte."
SUBJECT = "Votre adresse mail sur le portail des factures"

_UNOPENED = and_(
    col(Account.activated_at).is_(None),
    ~select(AccountSubscriber.id).where(AccountSubscriber.account_id == Account.id).exists(),
    ~select(StaffRole.id).where(StaffRole.account_id == Account.id).exists(),
)
_FOLLOW = text("""
    UPDATE subscriber s SET email = :chosen FROM account_subscriber h
    WHERE h.subscriber_id = s.id AND h.account_id = :account_id AND h.hold = 'titulaire' AND s.email = :former
    RETURNING s.number, s.name, s.utility_id, (SELECT u.email FROM utility u WHERE u.id = s.utility_id) AS service
""")


@dataclass(frozen=True, slots=True)
class Pending:
    """An address that has been asked for and has not proven itself."""

    email: str
    until: datetime


async def ask_for_email(session: AsyncSession, viewer: Viewer, email: str, now: datetime) -> Pending:
    """Sends the link to the new address and tells the old one. Raises Invalid for one's own, or another account's."""
    if email == viewer.email:
        raise Invalid(SAME, field="email")
    if await _is_in_use(session, email):
        raise Invalid(TAKEN, field="email")
    await cancel_pending(session, viewer, now)  # an address that was mistyped is a stranger's
    assert viewer.account_id is not None
    link = await write_link(session, viewer.account_id, LinkKind.EMAIL, now, now + VALID_FOR, email=email)
    sender = await sender_of(session, viewer)
    address = f"{settings().url}/adresse-mail?lien={link.token}"
    words = personal.new_address(sender, address, instant(link.expires_at))
    await _write(session, MailEvent.ACCESS, email, words, has_secret=True)
    await _write(session, MailEvent.ACCOUNT, viewer.email, personal.address_asked(sender, email))
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
    await _take(session, account, chosen)
    session.add(EmailChange(account_id=account.id, former=former, chosen=chosen, changed_at=now))
    viewer = await viewer_of(session, account)
    await _write(session, MailEvent.ACCOUNT, former, personal.address_changed(await sender_of(session, viewer), chosen))
    await _tell_services(session, account.id, former, chosen)
    audit.record_own(session, viewer, "Adresse mail changée", chosen, details={"avant": former})
    return chosen


async def _take(session: AsyncSession, account: Account, chosen: str) -> None:
    """An account that somebody asked for and never activated gives way to who has proven the address."""
    if await _is_in_use(session, chosen):
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


async def _is_in_use(session: AsyncSession, email: str) -> bool:
    used = select(Account.id).where(Account.email == email, ~_UNOPENED)
    return (await session.exec(used)).first() is not None


async def _tell_services(session: AsyncSession, account_id: int, former: str, chosen: str) -> None:
    """What billing knew by the former address follows, and the service is asked to follow too."""
    values = {"account_id": account_id, "former": former, "chosen": chosen}
    for row in (await execute_sql(session, _FOLLOW, **values)).mappings():
        if row["service"]:
            await write_mail(
                session,
                event_key=f"adresse-{uuid4().hex}",
                event=MailEvent.SERVICE,
                utility_id=row["utility_id"],
                recipient=row["service"],
                subject=f"Nouvelle adresse mail (abonné {row['number']})",
                text=personal.address_changed_service(row["number"], row["name"], former, chosen),
            )


async def _write(
    session: AsyncSession, event: MailEvent, recipient: str, words: str, *, has_secret: bool = False
) -> None:
    await write_mail(
        session,
        event_key=f"adresse-{uuid4().hex}",  # each request is an event of its own
        event=event,
        recipient=recipient,
        subject=SUBJECT,
        text=words,
        has_secret=has_secret,
    )
