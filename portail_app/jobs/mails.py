"""Sending what the outbox holds: each mail once, except where the worker dies between the server's answer and ours."""

from datetime import UTC, datetime
from email.message import EmailMessage

from portail_app.database import transaction
from portail_app.gateways import smtp
from portail_app.jobs.app import app
from portail_app.jobs.mail_retries import NotSent, WhenTheMailSays
from portail_app.mails.message import compose
from portail_app.services import mails
from portail_app.settings import settings
from portail_app.viewer import Viewer


@app.task(name=mails.SEND_TASK, queue=mails.QUEUE, retry=WhenTheMailSays())
async def send_mail(mail_id: int) -> None:
    """The row is held while it is sent: two workers never send the same mail."""
    async with transaction(Viewer.system()) as session:
        letter = await mails.hold_unsent(session, mail_id)
        if letter is None:
            return
        trouble = await _send(letter)
        await mails.record_outcome(session, letter, trouble, datetime.now(UTC))
    if trouble is not None:
        raise NotSent(letter.mail.next_attempt_at)


async def _send(letter: mails.Letter) -> mails.Trouble | None:
    if settings().is_mail_shown:
        return None
    try:
        await smtp.send(_message(letter))
    except smtp.Undelivered as failed:
        return mails.Trouble(str(failed), is_final=failed.is_final)
    return None


def _message(letter: mails.Letter) -> EmailMessage:
    try:
        return compose(letter.mail, letter.text, sender=settings().mail_from, sender_name=letter.sender_name)
    except (ValueError, IndexError) as unwritable:
        raise smtp.Undelivered(f"Adresse impossible à écrire : {unwritable}", is_final=True) from unwritable
