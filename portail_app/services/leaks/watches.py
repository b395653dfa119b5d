"""What the people of a contract with a telemetered meter ask to be warned of, as long as nobody else has come."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, LeakWatch, Meter
from portail_app.errors import Invalid, NotFound, NotSignedIn
from portail_app.formats import PARIS
from portail_app.services.contracts import Tenure, find_tenure_within
from portail_app.services.permissions import acting
from portail_app.viewer import Viewer

LEAST_LITRES, MOST_LITRES = 1, 100_000
LONGEST_ABSENCE = timedelta(days=730)
NOBODY_CAME_SINCE = """
    NOT EXISTS (
        SELECT FROM contract_party AS party
        WHERE party.contract_id = leak_watch.contract_id AND party.role <> 'proprietaire' AND party.since <= :today
        AND party.since > (leak_watch.changed_at AT TIME ZONE 'Europe/Paris')::date
    )
"""
"""A home that was to be empty is not any more once somebody has moved in, nor is what they use what they chose."""


@dataclass(frozen=True, slots=True)
class WatchDraft:
    warns_of_flow: bool
    most_litres_a_day: int | None
    away_from: date | None
    away_until: date | None


async def find_watched(session: AsyncSession, viewer: Viewer, number: str, today: date) -> Tenure:
    """The contract of who is served there now: who has left does not read when the home is empty. Raises NotFound."""
    tenure = await find_tenure_within(session, viewer, number)
    if not tenure.since <= today <= (tenure.until or today):
        raise NotFound("Contrat")
    return tenure


async def find_watch(session: AsyncSession, tenure: Tenure, today: date) -> LeakWatch | None:
    """Of a contract that `find_watched` found; None where nobody asked for anything since the last of them came."""
    asked = select(LeakWatch).where(LeakWatch.contract_id == tenure.contract.id, text(NOBODY_CAME_SINCE))
    return (await session.exec(asked, params={"today": today})).one_or_none()


async def is_telemetered(session: AsyncSession, contract: Contract) -> bool:
    there = select(func.count()).where(
        col(Meter.delivery_point_id) == contract.delivery_point_id,
        col(Meter.is_telemetered),
        col(Meter.removed_on).is_(None),
    )
    return (await session.exec(there)).one() > 0


async def keep_watch(session: AsyncSession, viewer: Viewer, number: str, draft: WatchDraft, now: datetime) -> LeakWatch:
    """Takes the place of what was asked before, by whom ever of the contract."""
    if viewer.account_id is None:
        raise NotSignedIn
    today = now.astimezone(PARIS).date()
    await find_watched(session, viewer, number, today)
    with acting(viewer) as actor:
        contract = (await find_watched(session, actor, number, today)).contract
    if not await is_telemetered(session, contract):
        raise Invalid("Ce compteur n’est pas télérelevé : il ne peut pas prévenir chaque jour.")
    _check(draft)
    values = {**asdict(draft), "changed_at": now, "changed_by": viewer.account_id}
    row = insert(LeakWatch).values(contract_id=contract.id, **values)
    written = row.on_conflict_do_update(index_elements=["contract_id"], set_=values).returning(LeakWatch)
    kept: LeakWatch = (await session.exec(written, execution_options={"populate_existing": True})).scalar_one()
    return kept


def _check(draft: WatchDraft) -> None:
    most = draft.most_litres_a_day
    if most is not None and not LEAST_LITRES <= most <= MOST_LITRES:
        raise Invalid("Indiquez un nombre de litres par jour, de 1 à 100 000.", field="most_litres_a_day")
    if draft.away_until is not None and draft.away_from is None:
        raise Invalid("Indiquez le jour de votre départ.", field="away_from")
    if draft.away_from and draft.away_until:
        if draft.away_until < draft.away_from:
            raise Invalid("Le retour ne peut pas précéder le départ.", field="away_until")
        if draft.away_until - draft.away_from > LONGEST_ABSENCE:
            raise Invalid("Une absence dure deux ans au plus.", field="away_until")
