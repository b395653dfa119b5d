"""Who is told by mail that a request was opened, answered or given to somebody: once an event, without its words."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    Account,
    AccountSubscriber,
    Hold,
    MailEvent,
    Request,
    RequestKind,
    RequestMessage,
    RequestType,
    StaffRole,
    Utility,
)
from portail_app.mails import requests as letters
from portail_app.mails.access import Sender
from portail_app.services.mails import write_mail
from portail_app.settings import settings


async def tell_opened(session: AsyncSession, request: Request, asked: RequestType) -> None:
    """Whoever asks is told that it arrived, and what happens next; the service, that it waits."""
    sender = await _sender(session, request)
    await _write(
        session,
        request,
        f"recue-{request.id}",
        await list_askers(session, request),
        letters.received_subject(request),
        letters.received(sender, request, asked.acknowledgement),
    )
    await _write(
        session,
        request,
        f"nouvelle-{request.id}",
        await _service(session, request),
        f"Nouvelle demande {request.number} : {request.subject}",
        letters.arrived(sender, request),
        MailEvent.SERVICE,
    )


async def tell_message(session: AsyncSession, request: Request, message: RequestMessage) -> None:
    """The other side: the subscriber of what staff said or decided, the service of what the subscriber said."""
    sender = await _sender(session, request)
    if message.is_staff:
        told, letter = await list_askers(session, request), letters.answered(sender, request, message)
        subject = f"Votre demande {request.number} : {letters.news_of(message)}"
    else:
        told, letter = await _service(session, request), letters.subscriber_wrote(sender, request)
        subject = f"Demande {request.number} : l’abonné a écrit"
    kind = MailEvent.REQUEST if message.is_staff else MailEvent.SERVICE
    await _write(session, request, f"echange-{message.id}", told, subject, letter, kind)


async def tell_assigned(session: AsyncSession, request: Request) -> None:
    """Whom somebody else has just given it to."""
    account = await session.get_one(Account, request.assignee_id)
    letter = letters.assigned(await _sender(session, request), request)
    subject = f"Demande {request.number} : elle vous est confiée"
    await _write(
        session,
        request,
        f"confiee-{request.id}-{request.changed_at.timestamp()}",
        [account.email],
        subject,
        letter,
        MailEvent.SERVICE,
    )


async def list_askers(session: AsyncSession, request: Request) -> list[str]:
    """Whoever sent it, as long as they hold the subscriber. Then, and where staff took it down, those who are its
    holders, if they may read it: nobody where they have no account."""
    holding = (
        select(Account.email)
        .join(AccountSubscriber, col(AccountSubscriber.account_id) == col(Account.id))
        .where(AccountSubscriber.subscriber_id == request.subscriber_id, col(Account.activated_at).is_not(None))
        .order_by(Account.email)
    )
    sender = [] if request.is_taken_down else (await session.exec(holding.where(Account.id == request.opened_by))).all()
    if sender or request.kind is RequestKind.PERSONAL_DATA:
        return list(sender)
    return list((await session.exec(holding.where(AccountSubscriber.hold == Hold.HOLDER))).all())


async def _write(
    session: AsyncSession,
    request: Request,
    event: str,
    told: Iterable[str],
    subject: str,
    text: str,
    kind: MailEvent = MailEvent.REQUEST,
) -> None:
    """`MailEvent.SERVICE` where it goes to staff, who may not refuse their work."""
    for recipient in told:
        await write_mail(
            session,
            event_key=f"demande-{event}",
            recipient=recipient,
            subject=subject,
            text=text,
            event=kind,
            utility_id=request.utility_id,
        )


async def _sender(session: AsyncSession, request: Request) -> Sender:
    utility = await session.get_one(Utility, request.utility_id)
    return Sender(utility.name, settings().url)


async def _service(session: AsyncSession, request: Request) -> list[str]:
    """Who handles it, while they work there; else the utility's own address, where it has one."""
    handling = (
        select(Account.email)
        .join(StaffRole, col(StaffRole.account_id) == col(Account.id))
        .where(StaffRole.utility_id == request.utility_id, Account.id == request.assignee_id)
    )
    found = (await session.exec(handling)).first()
    email = found or (await session.get_one(Utility, request.utility_id)).email
    return [email] if email else []
