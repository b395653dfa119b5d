"""The utility hears of what its subscribers send."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Folder, MailEvent, Subscriber, Utility
from portail_app.mails import documents as words
from portail_app.mails.access import Sender
from portail_app.services.mails import write_mail
from portail_app.settings import settings


async def tell_staff(session: AsyncSession, folder: Folder, name: str, now: datetime) -> None:
    """One mail an hour for one subscriber, however many files they send."""
    utility = await session.get_one(Utility, folder.utility_id)
    subscriber = await session.get_one(Subscriber, folder.subscriber_id)
    if utility.email:
        await write_mail(
            session,
            event_key=f"deposit-{subscriber.id}-{now:%Y%m%d%H}",
            recipient=utility.email,
            subject=f"{words.DEPOSIT_SUBJECT} : {subscriber.name}"[:200],
            event=MailEvent.SERVICE,
            text=words.deposited(Sender(utility.name, settings().url), subscriber.name, name),
            utility_id=utility.id,
        )
