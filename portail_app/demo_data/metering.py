"""What meters showed: readings whose differences are the volumes of the bills, and days that add up to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate, pairwise
from random import Random
from typing import NamedTuple

DAY = timedelta(days=1)
WEEKEND, SUMMER, AWAY = 1.25, 1.3, 0.02
READ, ESTIMATED, TELEMETERED = "relevee", "estimee", "telerelevee"


class Stay(NamedTuple):
    """What flowed from one reading to the next: `end` is the day of the latter."""

    start: date
    end: date
    litres: int
    kind: str = READ


class DayOfWater(NamedTuple):
    day: date
    litres: int
    least_hourly_litres: int


class MeterReading(NamedTuple):
    read_on: date
    index_litres: int
    kind: str


@dataclass(frozen=True)
class DemoMeter:
    """A meter with what it showed."""

    serial: str
    installed_on: date
    installed_index_litres: int = 0
    removed_on: date | None = None
    removed_index_litres: int | None = None
    digits: int = 5
    is_telemetered: bool = False
    readings: tuple[MeterReading, ...] = ()
    days: tuple[DayOfWater, ...] = field(default=(), repr=False)


def draw_days(random: Random, stay: Stay) -> list[DayOfWater]:
    """Weekends and summers weigh more, a fortnight away almost nothing; together, the litres of the stay."""
    days = [stay.start + DAY * place for place in range((stay.end - stay.start).days + 1)]
    away_from = stay.start + DAY * random.randrange(1, max(2, len(days)))
    weights = [_weight(random, day, away_from) for day in days]
    total = sum(weights)
    marks = [0, *(round(stay.litres * reached / total) for reached in accumulate(weights))]
    return [DayOfWater(day, after - before, 0) for day, (before, after) in zip(days, pairwise(marks), strict=True)]


def leak(days: Sequence[DayOfWater], since: date, litres_an_hour: int) -> list[DayOfWater]:
    """The same days, with water that never stops from that day on."""
    leaking = DayOfWater._replace
    return [
        leaking(day, litres=day.litres + 24 * litres_an_hour, least_hourly_litres=litres_an_hour)
        if day.day >= since
        else day
        for day in days
    ]


def read_meter(meter: DemoMeter, stays: Sequence[Stay], *, start_kind: str = READ) -> DemoMeter:
    """The index before the first stay is the one at which the meter was installed."""
    turns_over_at = 10**meter.digits * 1000
    indexes = accumulate((stay.litres for stay in stays), initial=meter.installed_index_litres)
    ends = [(stays[0].start - DAY, start_kind), *((stay.end, stay.kind) for stay in stays)]
    readings = [MeterReading(on, index % turns_over_at, kind) for (on, kind), index in zip(ends, indexes, strict=True)]
    return replace(meter, readings=tuple(readings))


def replace_meter(meter: DemoMeter, on: date, serial: str, share: float) -> tuple[DemoMeter, DemoMeter]:
    """The meter until that day, and the one that goes on from 0. `share` of what flows between the two readings
    around that day had flowed, unless the days say it."""
    before = [reading for reading in meter.readings if reading.read_on < on]
    after = meter.readings[len(before) :]
    flowed = after[0].index_litres - before[-1].index_litres
    counted = sum(day.litres for day in meter.days if before[-1].read_on < day.day <= on)
    removed_at = before[-1].index_litres + (counted if meter.days else round(flowed * share))
    former = replace(
        meter,
        removed_on=on,
        removed_index_litres=removed_at,
        readings=tuple(before),
        days=tuple(day for day in meter.days if day.day <= on),
    )
    newer = replace(
        meter,
        serial=serial,
        installed_on=on,
        installed_index_litres=0,
        readings=tuple(reading._replace(index_litres=reading.index_litres - removed_at) for reading in after),
        days=tuple(day for day in meter.days if day.day > on),
    )
    return former, newer


def half_years_back(start: date, until: date) -> Iterator[tuple[date, date]]:
    """From a first of January or July, half-year by half-year, the last one cut at `until`."""
    while start <= until:
        end = date(start.year, 6, 30) if start.month < 7 else date(start.year, 12, 31)
        yield start, min(end, until)
        start = end + DAY


def _weight(random: Random, day: date, away_from: date) -> float:
    if away_from <= day < away_from + 12 * DAY:
        return AWAY
    weight = random.uniform(0.6, 1.4)
    weight *= WEEKEND if day.weekday() >= 5 else 1
    return weight * (SUMMER if 6 <= day.month <= 8 else 1)
