"""How far reading campaigns are: how many contracts were asked, written to, and have answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CampaignContract, Contract, Meter, Reading, ReadingCampaign, ReadingKind, SentReading
from portail_app.database import execute_sql
from portail_app.errors import Forbidden
from portail_app.viewer import Viewer

PAGE = 50


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How many contracts were asked, written to, written to again, and have answered."""

    campaign: ReadingCampaign
    asked: int
    invited: int
    reminded: int
    answered: int


async def list_campaigns(session: AsyncSession, viewer: Viewer) -> list[CampaignProgress]:
    """For staff, the newest first."""
    if not viewer.is_staff:
        raise Forbidden
    known = select(ReadingCampaign).where(col(ReadingCampaign.utility_id).in_(viewer.staffed_utility_ids))
    campaigns = (await session.exec(known.order_by(col(ReadingCampaign.id).desc()).limit(PAGE))).all()
    counts = await _count(session, [campaign.id for campaign in campaigns if campaign.id])
    return [CampaignProgress(campaign, *counts.get(campaign.id or 0, (0, 0, 0, 0))) for campaign in campaigns]


def has_answered() -> ColumnElement[bool]:
    """Of a contract in a campaign: a reading was sent or taken since it opened."""
    sent = exists().where(
        col(SentReading.contract_id) == col(CampaignContract.contract_id),
        col(SentReading.read_on) >= col(ReadingCampaign.opens_on),
        col(SentReading.withdrawn_at).is_(None),
        col(SentReading.refused_at).is_(None),
    )
    taken = exists().where(
        col(Contract.id) == col(CampaignContract.contract_id),
        col(Meter.delivery_point_id) == col(Contract.delivery_point_id),
        col(Reading.meter_id) == col(Meter.id),
        col(Reading.kind) != ReadingKind.ESTIMATED,
        col(Reading.read_on) >= col(ReadingCampaign.opens_on),
    )
    return or_(sent, taken)


async def _count(session: AsyncSession, campaign_ids: list[int]) -> dict[int, tuple[int, int, int, int]]:
    counted: Any = (
        select_columns(
            col(CampaignContract.campaign_id),
            func.count(),
            func.count(col(CampaignContract.invited_at)),
            func.count(col(CampaignContract.reminded_at)),
            func.count().filter(has_answered()),
        )
        .join(ReadingCampaign, col(ReadingCampaign.id) == col(CampaignContract.campaign_id))
        .where(col(CampaignContract.campaign_id).in_(campaign_ids))
        .group_by(col(CampaignContract.campaign_id))
    )
    rows: list[Any] = list(await execute_sql(session, counted))
    return {campaign_id: tuple(counts) for campaign_id, *counts in rows}
