"""The letters of reading campaigns: each contract is invited once, and reminded once if it has not answered."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import col, not_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CampaignContract, Contract, DeliveryPoint, MailEvent, ReadingCampaign, Utility
from portail_app.formats import PARIS
from portail_app.mails import campaigns as words
from portail_app.mails.access import Sender
from portail_app.reading import reader_of
from portail_app.services.campaigns import has_answered
from portail_app.services.contract_people import Addressee, find_addressees
from portail_app.services.leaks.alerts import address_of
from portail_app.services.mails import write_mail
from portail_app.settings import settings

CHUNK = 500
Row = tuple[CampaignContract, ReadingCampaign, Contract, DeliveryPoint, Utility]


async def write_invitations(session: AsyncSession, now: datetime, *, limit: int = CHUNK) -> int:
    """How many contracts were written about, with or without an address."""
    today = now.astimezone(PARIS).date()
    rows = await _hold(session, today, col(CampaignContract.invited_at).is_(None), limit)
    await _write(session, rows, today, "invitation", words.invitation)
    for asked, *_ in rows:
        asked.invited_at = now
    await session.flush()
    return len(rows)


async def write_reminders(session: AsyncSession, now: datetime, *, limit: int = CHUNK) -> int:
    today = now.astimezone(PARIS).date()
    is_due = (
        (col(ReadingCampaign.remind_on) <= today)
        & col(CampaignContract.invited_at).is_not(None)
        & col(CampaignContract.reminded_at).is_(None)
    )
    rows = await _hold(session, today, is_due & not_(has_answered()), limit)
    await _write(session, rows, today, "relance", words.reminder)
    for asked, *_ in rows:
        asked.reminded_at = now
    await session.flush()
    return len(rows)


async def _hold(session: AsyncSession, today: date, is_due: Any, limit: int) -> Sequence[Row]:
    """Of open campaigns; what another worker holds is left to it."""
    wanted: Any = (
        select(CampaignContract, ReadingCampaign, Contract, DeliveryPoint, Utility)  # type: ignore[call-overload]
        .join(ReadingCampaign, col(ReadingCampaign.id) == col(CampaignContract.campaign_id))
        .join(Contract, col(Contract.id) == col(CampaignContract.contract_id))
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .join(Utility, col(Utility.id) == col(Contract.utility_id))
        .where(col(ReadingCampaign.stopped_at).is_(None), is_due)
        .where(col(ReadingCampaign.opens_on) <= today, col(ReadingCampaign.closes_on) >= today)
        .limit(limit)
        .with_for_update(of=CampaignContract, skip_locked=True)
    )
    return [tuple(row) for row in await session.exec(wanted)]


async def _write(
    session: AsyncSession, rows: Sequence[Row], today: date, kind: str, word: Callable[[words.Letter], str]
) -> None:
    people = await find_addressees(await reader_of(session), [asked.contract_id for asked, *_ in rows], today)
    for row in rows:
        for recipient in people.get(row[0].contract_id, []):
            await _write_one(session, row, recipient, kind, word)


async def _write_one(
    session: AsyncSession, row: Row, recipient: Addressee, kind: str, word: Callable[[words.Letter], str]
) -> None:
    _, campaign, contract, point, utility = row
    letter = words.Letter(contract.number, address_of(point), campaign.closes_on, Sender(utility.name, settings().url))
    await write_mail(
        session,
        event_key=f"campagne-{campaign.id}-{contract.id}-{kind}-{recipient.email}"[:120],
        utility_id=contract.utility_id,
        recipient=recipient.email,
        subject=words.SUBJECTS[kind],
        text=word(letter),
        event=MailEvent.READING,
    )
