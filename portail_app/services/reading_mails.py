"""The sender of a reading is told what staff decided: one mail a decision."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Contract, MailEvent, SentReading, SentReadingState, Utility
from portail_app.mails import readings
from portail_app.services.contract_mails import sender_of
from portail_app.services.mails import write_mail


async def tell_sender(session: AsyncSession, sent: SentReading, contract: Contract) -> None:
    account = await session.get_one(Account, sent.sent_by)
    utility = await session.get_one(Utility, sent.utility_id)
    sender = sender_of(utility)
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
