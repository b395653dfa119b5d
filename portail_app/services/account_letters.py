"""What an account is told about itself, each time that it happens: its address, its password."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from models import MailEvent
from portail_app.database import execute_sql
from portail_app.formats import instant
from portail_app.mails import personal
from portail_app.services.holds import sender_of
from portail_app.services.mails import write_mail
from portail_app.viewer import Viewer

SUBJECT = "Votre adresse mail sur le portail des factures"
_FOLLOW = text("""
    UPDATE subscriber s SET email = :chosen FROM account_subscriber h
    WHERE h.subscriber_id = s.id AND h.account_id = :account_id AND h.hold = 'titulaire' AND s.email = :former
    RETURNING s.number, s.name, s.utility_id, (SELECT u.email FROM utility u WHERE u.id = s.utility_id) AS service
""")


async def tell_address_asked(session: AsyncSession, viewer: Viewer, email: str, link: str, until: datetime) -> None:
    """The new address has its link, the old one is told."""
    sender = await sender_of(session, viewer)
    words = personal.new_address(sender, link, instant(until))
    await _write(session, email, SUBJECT, words, MailEvent.ACCESS, has_secret=True)
    await _write(session, viewer.email, SUBJECT, personal.address_asked(sender, email))


async def tell_address_changed(session: AsyncSession, viewer: Viewer, former: str, chosen: str) -> None:
    """What billing knew by the former address follows, and the service is asked to follow too."""
    words = personal.address_changed(await sender_of(session, viewer), chosen)
    await _write(session, former, SUBJECT, words)
    values = {"account_id": viewer.account_id, "former": former, "chosen": chosen}
    for row in (await execute_sql(session, _FOLLOW, **values)).mappings():
        if row["service"]:
            subject = f"Nouvelle adresse mail (abonné {row['number']})"
            words = personal.address_changed_service(row["number"], row["name"], former, chosen)
            await _write(session, row["service"], subject, words, MailEvent.SERVICE, utility_id=row["utility_id"])


async def tell_password_changed(session: AsyncSession, viewer: Viewer, now: datetime) -> None:
    words = personal.password_changed(await sender_of(session, viewer), instant(now))
    await _write(session, viewer.email, "Votre mot de passe a été changé", words)


async def _write(
    session: AsyncSession,
    recipient: str,
    subject: str,
    words: str,
    event: MailEvent = MailEvent.ACCOUNT,
    *,
    utility_id: int | None = None,
    has_secret: bool = False,
) -> None:
    await write_mail(
        session,
        event_key=f"compte-{uuid4().hex}",  # each is an event of its own
        event=event,
        utility_id=utility_id,
        recipient=recipient,
        subject=subject,
        text=words,
        has_secret=has_secret,
    )
