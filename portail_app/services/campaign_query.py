"""Which contracts a reading campaign asks: those that its query finds on the day of the launch."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, literal, not_
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CampaignContract, Contract, DeliveryPoint, Meter, Reading, ReadingCampaign, ReadingKind
from portail_app.database import execute_sql

WATER = r"\meaux?\M"


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """The contracts are asked by a query: an empty city or area is everywhere."""

    utility_id: int
    title: str
    opens_on: date
    closes_on: date
    remind_on: date | None = None
    city: str = ""
    area: str = ""
    unread_since: date | None = None


async def count_found(session: AsyncSession, draft: CampaignDraft, today: date) -> int:
    found = select_columns(func.count()).select_from(_found(draft, today).subquery())
    return int((await execute_sql(session, found)).scalar_one())


async def ask_contracts(session: AsyncSession, campaign: ReadingCampaign, draft: CampaignDraft, today: date) -> int:
    """How many are written down."""
    found = _found(draft, today).subquery()
    asked = select_columns(literal(campaign.id), found.c.id)
    written = insert(CampaignContract).from_select(["campaign_id", "contract_id"], asked)
    return len((await execute_sql(session, written.returning(col(CampaignContract.contract_id)))).all())


def _found(draft: CampaignDraft, today: date) -> Any:
    """Contracts that are served water by a meter that somebody must read."""
    there = and_(col(Meter.delivery_point_id) == col(Contract.delivery_point_id), col(Meter.removed_on).is_(None))
    wanted = (
        select(Contract.id)
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .where(Contract.utility_id == draft.utility_id, col(Contract.service).op("~*")(WATER))
        .where(col(Contract.started_on) <= today, func.coalesce(col(Contract.ended_on), today) >= today)
        .where(exists().where(there, not_(col(Meter.is_telemetered))))
    )
    if draft.city.strip():
        wanted = wanted.where(func.lower(DeliveryPoint.city) == draft.city.strip().lower())
    if draft.area.strip():
        wanted = wanted.where(func.lower(DeliveryPoint.area) == draft.area.strip().lower())
    if draft.unread_since:
        true = (col(Reading.meter_id) == col(Meter.id), col(Reading.kind) != ReadingKind.ESTIMATED)
        wanted = wanted.where(not_(exists().where(there, *true, col(Reading.read_on) >= draft.unread_since)))
    return wanted
