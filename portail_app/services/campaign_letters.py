"""The letters of reading campaigns: each contract is invited once, and reminded once if it has not answered."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, not_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CampaignContract, Contract, DeliveryPoint, MailEvent, ReadingCampaign, Utility
from portail_app.formats import PARIS
from portail_app.mails import campaigns as words
from portail_app.services.campaign_progress import has_answered
from portail_app.services.contract_mails import ContractMail, sender_of, write_to_people
from portail_app.services.leaks.alerts import address_of

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
    """Of open campaigns and contracts; what another worker holds is left to it."""
    wanted: Any = (
        select(CampaignContract, ReadingCampaign, Contract, DeliveryPoint, Utility)  # type: ignore[call-overload]
        .join(ReadingCampaign, col(ReadingCampaign.id) == col(CampaignContract.campaign_id))
        .join(Contract, col(Contract.id) == col(CampaignContract.contract_id))
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .join(Utility, col(Utility.id) == col(Contract.utility_id))
        .where(col(ReadingCampaign.stopped_at).is_(None), is_due)
        .where(func.coalesce(col(Contract.ended_on), today) >= today)
        .where(col(ReadingCampaign.opens_on) <= today, col(ReadingCampaign.closes_on) >= today)
        .limit(limit)
        .with_for_update(of=CampaignContract, skip_locked=True)
    )
    return [tuple(row) for row in await session.exec(wanted)]


async def _write(
    session: AsyncSession, rows: Sequence[Row], today: date, kind: str, word: Callable[[words.Letter], str]
) -> None:
    await write_to_people(session, [_mail(row, kind, word) for row in rows], today)


def _mail(row: Row, kind: str, word: Callable[[words.Letter], str]) -> ContractMail:
    _, campaign, contract, point, utility = row
    return ContractMail(
        key=f"campagne-{campaign.id}-{contract.id}-{kind}",
        utility_id=contract.utility_id,
        contract_id=contract.id or 0,
        subject=words.SUBJECTS[kind],
        text=word(words.Letter(contract.number, address_of(point), campaign.closes_on, sender_of(utility))),
        event=MailEvent.READING,
    )
