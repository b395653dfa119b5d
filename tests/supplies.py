"""A contract with its delivery point, meter, party and readings, in one call."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    Contract,
    ContractParty,
    DailyVolume,
    DeliveryPoint,
    Meter,
    PartyRole,
    Reading,
    ReadingKind,
    SentReading,
)
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_sending import send_reading
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, save

_numbers = count(1)
STARTED_ON = date(2022, 1, 1)
HALF_YEARS = (
    *(("2023-06-30", 100), ("2023-12-31", 160), ("2024-06-30", 222), ("2024-12-31", 280)),
    *(("2025-06-30", 341), ("2025-12-31", 399), ("2026-06-30", 461)),
)


@dataclass(frozen=True)
class Supply:
    contract: Contract
    point: DeliveryPoint
    meter: Meter


async def create_supply(
    session: AsyncSession,
    owner: Viewer,
    *,
    role: PartyRole = PartyRole.PAYER,
    since: date | None = None,
    until: date | None = None,
    meter: dict[str, object] | None = None,
    **contract: object,
) -> Supply:
    """The owner's only subscriber pays for it, unless told otherwise; read by nobody yet."""
    n = next(_numbers)
    (subscriber_id,) = owner.subscriber_ids
    (utility_id,) = owner.subscribed_utility_ids
    address = {"address": "12 rue du Moulin", "postal_code": "59900", "city": "Clermont-sur-Lys"}
    point = await save(session, DeliveryPoint(utility_id=utility_id, number=f"PDL-{n}", **address))
    made = await save(session, _meter(utility_id, point.id, n, meter or {}))
    values = {"number": f"C{n:06}", "started_on": STARTED_ON, **contract}
    signed = await save(session, Contract(utility_id=utility_id, delivery_point_id=point.id, **values))
    party = {"contract_id": signed.id, "subscriber_id": subscriber_id, "since": since, "until": until}
    await save(session, ContractParty(role=role, **party))
    return Supply(signed, point, made)


async def read(session: AsyncSession, meter: Meter, *readings: tuple[str, int], **values: object) -> None:
    """Days and cubic metres; those of six half-years where none are given."""
    for on, index_m3 in readings or HALF_YEARS:
        kind = {"kind": ReadingKind.READ, **values}
        row = Reading(meter_id=meter.id, read_on=date.fromisoformat(on), index_litres=index_m3 * 1000, **kind)
        await save(session, row)


async def count_days(session: AsyncSession, meter: Meter, first: date, last: date, litres: int = 300) -> None:
    """The same volume each day, both included."""
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    rows = [{"meter_id": meter.id, "day": day, "volume_litres": litres} for day in days]
    await (await session.connection()).execute(insert(DailyVolume), rows)  # ten years of them


def _meter(utility_id: int, point_id: int, n: int, values: dict[str, object]) -> Meter:
    usual = {"serial": f"I21A{n:06}", "installed_on": date(2021, 3, 1), "diameter_mm": 15, "made_in": 2021}
    return Meter(utility_id=utility_id, delivery_point_id=point_id, **{**usual, **values})


async def send(
    session: AsyncSession, viewer: Viewer, supply: Supply, index_m3: int = 509, **values: object
) -> SentReading:
    """As its subscriber sends a reading of today."""
    draft = SentDraft(index_m3 * 1000, **{"read_on": TODAY, **values})
    return await send_reading(session, viewer, supply.contract.number, draft, NOW, TODAY)
