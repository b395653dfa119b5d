"""Reading campaigns: staff ask the people of some contracts to read their meters, and see who has."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, not_, or_
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CampaignContract, Contract, DeliveryPoint, Meter, Reading, ReadingCampaign, ReadingKind, SentReading
from models import StaffRank as Rank
from portail_app.database import execute_sql
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

LONGEST_TITLE, LONGEST_PLACE = 120, 80
LONGEST = timedelta(days=92)
PAGE = 50
NO_CONTRACT = "Aucun contrat ne répond à ces critères."
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


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How many contracts were asked, written to, written to again, and have answered."""

    campaign: ReadingCampaign
    asked: int
    invited: int
    reminded: int
    answered: int


async def count_contracts(session: AsyncSession, viewer: Viewer, draft: CampaignDraft, today: date) -> int:
    """How many the query finds now; what is wrong in the rest of the draft is refused already."""
    require_rank(viewer, draft.utility_id, Rank.MANAGER)
    _check(draft, today)
    found = select_columns(func.count()).select_from(_found(draft, today).subquery())
    count = int((await execute_sql(session, found)).scalar_one())
    if not count:
        raise Invalid(NO_CONTRACT, field="city")
    return count


async def launch_campaign(
    session: AsyncSession, viewer: Viewer, draft: CampaignDraft, now: datetime, today: date
) -> ReadingCampaign:
    """The letters follow from the opening day on, by a job (jobs/campaigns.py)."""
    account_id = require_rank(viewer, draft.utility_id, Rank.MANAGER)
    _check(draft, today)
    campaign = ReadingCampaign(
        utility_id=draft.utility_id,
        title=draft.title.strip(),
        opens_on=draft.opens_on,
        closes_on=draft.closes_on,
        remind_on=draft.remind_on,
        city=draft.city.strip(),
        area=draft.area.strip(),
        unread_since=draft.unread_since,
        launched_at=now,
        launched_by=account_id,
    )
    session.add(campaign)
    await session.flush()
    asked = await _ask(session, campaign, draft, today)
    if not asked:
        raise Invalid(NO_CONTRACT, field="city")
    details = {"contrats": asked}
    audit.record(
        session, viewer, "Campagne de relève lancée", campaign.title, utility_id=draft.utility_id, details=details
    )
    return campaign


async def stop_campaign(session: AsyncSession, viewer: Viewer, campaign_id: int, now: datetime) -> None:
    """Nobody is asked or written to any more. Stopping twice changes nothing."""
    own = select(ReadingCampaign).where(col(ReadingCampaign.utility_id).in_(viewer.staffed_utility_ids))
    campaign = (await session.exec(own.where(ReadingCampaign.id == campaign_id).with_for_update())).one_or_none()
    if campaign is None:
        raise NotFound("Campagne")
    require_rank(viewer, campaign.utility_id, Rank.MANAGER)
    if campaign.stopped_at is None:
        campaign.stopped_at = now
        audit.record(session, viewer, "Campagne de relève arrêtée", campaign.title, utility_id=campaign.utility_id)
    await session.flush()


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


async def _ask(session: AsyncSession, campaign: ReadingCampaign, draft: CampaignDraft, today: date) -> int:
    found = _found(draft, today).subquery()
    asked = select_columns(literal(campaign.id), found.c.id)
    written = insert(CampaignContract).from_select(["campaign_id", "contract_id"], asked)
    return len((await execute_sql(session, written.returning(col(CampaignContract.contract_id)))).all())


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


def _check(draft: CampaignDraft, today: date) -> None:
    if not draft.title.strip() or len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"Donnez un titre, de {LONGEST_TITLE} caractères au plus.", field="title")
    if draft.opens_on < today:
        raise Invalid("La campagne ne peut pas commencer dans le passé.", field="opens_on")
    if not draft.opens_on <= draft.closes_on <= draft.opens_on + LONGEST:
        raise Invalid("La fin vient après le début, dans les trois mois.", field="closes_on")
    if draft.remind_on and not draft.opens_on < draft.remind_on <= draft.closes_on:
        raise Invalid("La relance vient pendant la campagne, après son premier jour.", field="remind_on")
    if max(len(draft.city), len(draft.area)) > LONGEST_PLACE:
        raise Invalid(field="city")
