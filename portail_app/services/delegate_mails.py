"""Who is told by mail that somebody was invited, came in, or was removed."""

from datetime import datetime
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, DelegateInvitation, Hold, MailEvent
from portail_app.formats import instant
from portail_app.mails import personal
from portail_app.services.holds import Held
from portail_app.services.mails import write_mail
from portail_app.viewer import Viewer

SUBJECT = "Accès aux factures d’un abonné"


async def tell_invited(session: AsyncSession, viewer: Viewer, held: Held, invitation: DelegateInvitation) -> None:
    text = personal.delegate_invited(
        held.sender,
        held.subscriber.name,
        invitation.email,
        instant(invitation.expires_at),
        may_pay=invitation.hold is Hold.MAY_PAY,
    )
    await _write(session, MailEvent.ACCESS, held, invitation.email, text)


async def tell_accepted(session: AsyncSession, viewer: Viewer, held: Held, invitation: DelegateInvitation) -> None:
    holder = await session.get_one(Account, invitation.account_id)
    text = personal.delegate_accepted(held.sender, viewer.email, held.subscriber.number)
    await _write(session, MailEvent.ACCOUNT, held, holder.email, text)


async def tell_removed(session: AsyncSession, held: Held, account: Account, now: datetime) -> None:
    text = personal.delegate_removed(held.sender, held.subscriber.name, instant(now))
    await _write(session, MailEvent.ACCOUNT, held, account.email, text)


async def _write(session: AsyncSession, event: MailEvent, held: Held, recipient: str, text: str) -> None:
    await write_mail(
        session,
        event_key=f"delegue-{uuid4().hex}",
        event=event,
        utility_id=held.utility.id,
        recipient=recipient,
        subject=SUBJECT,
        text=text,
    )
