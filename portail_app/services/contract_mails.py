"""Mails about a contract, to whoever pays it or lives there: every address once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from models import MailEvent, Utility
from portail_app.mails.access import Sender
from portail_app.reading import reader_of
from portail_app.services.contract_people import Addressee, find_addressees
from portail_app.services.mails import write_mail
from portail_app.settings import settings

LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class ContractMail:
    """`key` and an address make one mail, however often it is written."""

    key: str
    utility_id: int
    contract_id: int
    subject: str
    text: str
    event: MailEvent


def sender_of(utility: Utility) -> Sender:
    return Sender(utility.name, settings().url)


async def write_to_people(session: AsyncSession, mails: Sequence[ContractMail], today: date) -> list[int]:
    """How many addresses each was written to: who refuses such mails is told on paper."""
    people = await find_addressees(await reader_of(session), {mail.contract_id for mail in mails}, today)
    return [await _write(session, mail, people.get(mail.contract_id, [])) for mail in mails]


async def _write(session: AsyncSession, mail: ContractMail, people: Sequence[Addressee]) -> int:
    written = [
        await write_mail(
            session,
            event_key=f"{mail.key}-{one.email}"[:LONGEST_KEY],
            utility_id=mail.utility_id,
            recipient=one.email,
            subject=mail.subject,
            text=mail.text,
            event=mail.event,
        )
        for one in people
    ]
    return sum(mail_id is not None for mail_id in written)
