"""Dwellings for tests: a contract, its delivery point, its meter, and what it showed. Each flushes and returns."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, ContractParty, DailyVolume, DeliveryPoint, Meter, PartyRole, Reading, ReadingKind, Utility
from portail_app.viewer import Viewer
from tests.factories import save

_numbers = count(1)


@dataclass(frozen=True)
class Dwelling:
    contract: Contract
    point: DeliveryPoint
    meter: Meter


async def create_dwelling(
    session: AsyncSession,
    utility: Utility,
    *people: Viewer,
    started_on: date = date(2020, 1, 1),
    area: str = "Centre",
    is_dwelling: bool = True,
    **contract: object,
) -> Dwelling:
    """Served since 2020, each of `people` paying and living there."""
    n = next(_numbers)
    place = {"address": f"{n} rue du Moulin", "area": area, "is_dwelling": is_dwelling, "city": "Clermont-sur-Lys"}
    point = await save(session, DeliveryPoint(utility_id=utility.id, number=f"PDL-L{n}", **place))
    values = {"number": f"C-{n}", "started_on": started_on, "tariff_code": "EAU", **contract}
    signed = await save(session, Contract(utility_id=utility.id, delivery_point_id=point.id, **values))
    for viewer in people:
        (subscriber_id,) = viewer.subscriber_ids
        await save(session, ContractParty(contract_id=signed.id, subscriber_id=subscriber_id, role=PartyRole.PAYER))
    meter = Meter(utility_id=utility.id, delivery_point_id=point.id, serial=f"A-{n}", installed_on=date(2019, 12, 31))
    return Dwelling(signed, point, await save(session, meter))


async def read_at(
    session: AsyncSession, dwelling: Dwelling, on: str, index_m3: float, kind: ReadingKind = ReadingKind.READ
) -> Reading:
    index = round(index_m3 * 1000)
    reading = Reading(meter_id=dwelling.meter.id, read_on=date.fromisoformat(on), index_litres=index, kind=kind)
    return await save(session, reading)


async def read_half_years(
    session: AsyncSession, dwelling: Dwelling, *volumes_m3: float, last_kind: ReadingKind = ReadingKind.READ
) -> Reading:
    """Each 31 March and 30 September, the last of which is 30 September 2026: returned."""
    ends = [date(year, *end) for year in range(2021, 2027) for end in ((3, 31), (9, 30))]
    index = 0.0
    for on, volume in zip(ends[-len(volumes_m3) :], volumes_m3, strict=True):
        index += volume
        kind = last_kind if on == ends[-1] else ReadingKind.READ
        reading = await read_at(session, dwelling, on.isoformat(), index, kind)
    return reading


async def count_days(session: AsyncSession, dwelling: Dwelling, first: str, *litres: int | tuple[int, int]) -> None:
    """A day of telemetry each, from `first` on: the litres, or with the least of an hour."""
    start = date.fromisoformat(first).toordinal()
    for place, counted in enumerate(litres):
        volume, least = counted if isinstance(counted, tuple) else (counted, 0)
        day = date.fromordinal(start + place)
        counted_day = DailyVolume(meter_id=dwelling.meter.id, day=day, volume_litres=volume, least_hourly_litres=least)
        await save(session, counted_day)
