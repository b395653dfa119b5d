"""The sender of a reading is told what staff decided: one mail a decision."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Contract, MailEvent, SentReading, SentReadingState, Utility
from portail_app.mails import readings
from portail_app.mails.access import Sender
from portail_app.services.mails import write_mail
from portail_app.settings import settings


async def tell_sender(session: AsyncSession, sent: SentReading, contract: Contract) -> None:
    account = await session.get_one(Account, sent.sent_by)
    utility = await session.get_one(Utility, sent.utility_id)
    sender = Sender(utility.name, settings().url)
    compose = readings.accepted if sent.state is SentReadingState.ACCEPTED else readings.refused
    subject, text = compose(sender, sent, contract)
    await write_mail(
        session,
        event_key=f"releve-{sent.id}-{sent.state}",
        utility_id=utility.id,
        recipient=account.email,
        subject=subject,
        text=text,
        event=MailEvent.READING,
    )
