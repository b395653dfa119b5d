"""What telemetered meters counted, day by day, and by year where ten of them are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Date, Integer, Select, any_, bindparam, func, select
from sqlmodel import col

from models import DailyVolume, Meter
from portail_app.reading import Prepared, Reader
from portail_app.services.consumption import same_day
from portail_app.services.contracts import Tenure

Days = dict[date, int]
"""Litres by day; a day without data is not there."""


@dataclass(frozen=True, slots=True)
class Year:
    """`litres_by_then` are those until the day that is to be compared with the newest one, a year later: all of them,
    of an earlier year."""

    year: int
    litres: int
    litres_by_then: int
    days: int


async def find_known_days(reader: Reader, tenure: Tenure, meters: Iterable[Meter]) -> tuple[date, date] | None:
    """The first and the last day of which something is known."""
    ((first, last),) = await reader.rows(_KNOWN, **_bounds(tenure, meters, date.min, date.max))
    return (first, last) if first else None


async def list_days(reader: Reader, tenure: Tenure, meters: Iterable[Meter], first: date, last: date) -> Days:
    """Of the days from `first` to `last`, both included, that are the viewer's to see, in no order."""
    return dict(await reader.rows(_DAYS, **_bounds(tenure, meters, first, last)))


async def list_years(reader: Reader, tenure: Tenure, meters: Iterable[Meter], last: date) -> list[Year]:
    """The oldest first; `last` is the newest known day."""
    asked = {**_bounds(tenure, meters, date.min, date.max), "then": same_day(last, -1)}
    return [Year(*row) for row in await reader.rows(_YEARS, **asked)]


def _bounds(tenure: Tenure, meters: Iterable[Meter], first: date, last: date) -> dict[str, object]:
    return {
        "meters": [meter.id for meter in meters],
        "first": max(first, tenure.since),
        "last": min(last, tenure.until or date.max),
    }


_SEEN = (
    col(DailyVolume.meter_id) == any_(bindparam("meters", type_=ARRAY(Integer))),
    col(DailyVolume.day).between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
)
_TOTAL = func.sum(col(DailyVolume.volume_litres)).cast(Integer)
_KNOWN = Prepared(select(func.min(col(DailyVolume.day)), func.max(col(DailyVolume.day))).where(*_SEEN))
_BY_DAY: Select[date, int] = (
    select(col(DailyVolume.day).label("day"), _TOTAL.label("litres")).where(*_SEEN).group_by(col(DailyVolume.day))
)
_DAYS = Prepared(_BY_DAY)
_DAY = _BY_DAY.subquery()
_YEAR = func.date_part("year", _DAY.c.day).cast(Integer)  # `extract` counts in decimals, which ten years feel
_YEARS = Prepared(
    select(
        _YEAR,
        func.sum(_DAY.c.litres).cast(Integer),
        func.coalesce(func.sum(_DAY.c.litres).filter(_DAY.c.day <= bindparam("then", type_=Date)), 0).cast(Integer),
        func.count(),
    )
    .group_by(_YEAR)
    .order_by(_YEAR)
)
