"""Reading campaigns: staff ask the people of some contracts to read their meters, and see who has."""

from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import ReadingCampaign
from models import StaffRank as Rank
from portail_app.errors import Invalid, NotFound
from portail_app.jobs.app import defer
from portail_app.services import audit
from portail_app.services.campaign_query import CampaignDraft, ask_contracts, count_found
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

TASK, QUEUE = "campaigns.write", "campaigns"
LONGEST_TITLE, LONGEST_PLACE = 120, 80
LONGEST = timedelta(days=92)
NO_CONTRACT = "Aucun contrat ne répond à ces critères."


async def count_contracts(session: AsyncSession, viewer: Viewer, draft: CampaignDraft, today: date) -> int:
    """How many the query finds now; what is wrong in the rest of the draft is refused already."""
    require_rank(viewer, draft.utility_id, Rank.MANAGER)
    _check(draft, today)
    count = await count_found(session, draft, today)
    if not count:
        raise Invalid(NO_CONTRACT, field="city")
    return count


async def launch_campaign(
    session: AsyncSession, viewer: Viewer, draft: CampaignDraft, now: datetime, today: date
) -> ReadingCampaign:
    """The letters follow from the opening day on, by a job (jobs/campaigns.py); those of today at once."""
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
    asked = await ask_contracts(session, campaign, draft, today)
    if not asked:
        raise Invalid(NO_CONTRACT, field="city")
    await defer(session, TASK, {}, queue=QUEUE)
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


def _check(draft: CampaignDraft, today: date) -> None:
    if not draft.title.strip() or len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"Donnez un titre, de {LONGEST_TITLE} caractères au plus.", field="title")
    if draft.opens_on < today:
        raise Invalid("La campagne ne peut pas commencer dans le passé.", field="opens_on")
    if not timedelta(0) <= draft.closes_on - draft.opens_on <= LONGEST:
        raise Invalid("La fin vient après le début, dans les trois mois.", field="closes_on")
    if draft.remind_on and not draft.opens_on < draft.remind_on <= draft.closes_on:
        raise Invalid("La relance vient pendant la campagne, après son premier jour.", field="remind_on")
    for field, place in (("city", draft.city), ("area", draft.area)):
        if len(place) > LONGEST_PLACE:
            raise Invalid(field=field)
