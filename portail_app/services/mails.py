"""The outbox: a mail is written in the transaction of what it tells, and sent by a job once that has committed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Mail, MailBody, MailEvent, Utility
from models.entity import now_utc
from portail_app.jobs.app import defer
from portail_app.services.notifications import is_refused
from portail_app.settings import settings

QUEUE = "mails"
NOBODYS = ".invalid"  # RFC 2606: the address of an account that was deleted
SEND_TASK = "mails.send"
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440))


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with what is written in it."""

    mail: Mail
    text: str
    sender_name: str


@dataclass(frozen=True, slots=True)
class Trouble:
    reason: str
    is_final: bool = False


async def write_mail(
    session: AsyncSession,
    *,
    event_key: str,
    recipient: str,
    subject: str,
    text: str,
    event: MailEvent = MailEvent.SERVICE,
    utility_id: int | None = None,
    has_secret: bool = False,
) -> int | None:
    """The new mail's id, or None where this event has had its mail, or the account at that address wants none of its
    kind (services/notifications.py). A secret body is erased once sent."""
    if recipient.endswith(NOBODYS) or await is_refused(session, recipient, event):
        return None
    values = {
        "event_key": event_key,
        "recipient": recipient,
        "subject": subject,
        "utility_id": utility_id,
        "message_id": f"<{uuid4().hex}@{settings().mail_from.rpartition('@')[2]}>",
        "has_secret": has_secret,
        "created_at": now_utc(),
        "attempts": 0,
        "last_error": "",
    }
    written = insert(Mail).values(**values).on_conflict_do_nothing(index_elements=["event_key"]).returning(col(Mail.id))
    mail_id: int | None = (await session.exec(written)).scalar_one_or_none()
    if mail_id is not None:
        session.add(MailBody(mail_id=mail_id, text=text))
        await defer(session, SEND_TASK, {"mail_id": mail_id}, queue=QUEUE)
    return mail_id


async def hold_unsent(session: AsyncSession, mail_id: int) -> Letter | None:
    """The mail, held until the transaction ends; None where it is sent, given up, or held by another worker."""
    waiting = (
        select(Mail, MailBody.text)
        .join(MailBody, col(MailBody.mail_id) == Mail.id)
        .where(Mail.id == mail_id, col(Mail.sent_at).is_(None))
        .with_for_update(skip_locked=True, of=Mail)
    )
    found = (await session.exec(waiting)).one_or_none()
    if found is None:
        return None
    mail, text = found
    utility = await session.get(Utility, mail.utility_id) if mail.utility_id else None
    return Letter(mail, text, sender_name=utility.name if utility else "")


async def record_outcome(session: AsyncSession, letter: Letter, trouble: Trouble | None, now: datetime) -> None:
    """Sent, or when to try again: after each failure later than after the one before, then no more."""
    mail = letter.mail
    mail.attempts += 1
    mail.sent_at = now if trouble is None else None
    mail.last_error = trouble.reason if trouble else ""
    mail.next_attempt_at = _next_attempt_at(mail.attempts, now) if trouble and not trouble.is_final else None
    session.add(mail)
    if mail.next_attempt_at is None and mail.has_secret and not settings().is_mail_shown:
        await session.exec(delete(MailBody).where(col(MailBody.mail_id) == mail.id))


async def list_shown_mails(session: AsyncSession, limit: int = 100) -> list[tuple[Mail, str]]:
    """Newest first, with their text: for the demonstration's own page only."""
    newest = (
        select(Mail, MailBody.text)
        .join(MailBody, col(MailBody.mail_id) == Mail.id)
        .order_by(col(Mail.created_at).desc(), col(Mail.id).desc())
        .limit(limit)
    )
    return [(mail, text) for mail, text in (await session.exec(newest)).all()]


def _next_attempt_at(attempts: int, now: datetime) -> datetime | None:
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None
