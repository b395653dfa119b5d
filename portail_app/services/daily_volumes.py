"""What telemetered meters counted, day by day, and by year where ten of them are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Date, Integer, String, any_, bindparam, extract, func, select
from sqlmodel import col

from models import DailyVolume, Meter
from portail_app.reading import Prepared, Reader
from portail_app.services.contracts import Tenure

Days = dict[date, int]
"""Litres by day; a day without data is not there."""


@dataclass(frozen=True, slots=True)
class Year:
    """`litres_by_then` are those until the day of the year on which the newest data stops."""

    year: int
    litres: int
    litres_by_then: int
    days: int


async def find_known_days(reader: Reader, tenure: Tenure, meters: Iterable[Meter]) -> tuple[date, date] | None:
    """The first and the last day of which something is known."""
    ((first, last),) = await reader.rows(_KNOWN, **_bounds(tenure, meters, date.min, date.max))
    return (first, last) if first else None


async def list_days(reader: Reader, tenure: Tenure, meters: Iterable[Meter], first: date, last: date) -> Days:
    """Of the days from `first` to `last`, both included, that are the viewer's to see."""
    return dict(await reader.rows(_DAYS, **_bounds(tenure, meters, first, last)))


async def list_years(reader: Reader, tenure: Tenure, meters: Iterable[Meter], then: date) -> list[Year]:
    """The oldest first."""
    asked = {**_bounds(tenure, meters, date.min, date.max), "then": f"{then:%m%d}"}
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
_YEAR = extract("year", col(DailyVolume.day)).cast(Integer)
_KNOWN = Prepared(select(func.min(col(DailyVolume.day)), func.max(col(DailyVolume.day))).where(*_SEEN))
_DAYS = Prepared(
    select(col(DailyVolume.day), _TOTAL).where(*_SEEN).group_by(col(DailyVolume.day)).order_by(col(DailyVolume.day))
)
_YEARS = Prepared(
    select(
        _YEAR,
        _TOTAL,
        func.coalesce(
            func.sum(col(DailyVolume.volume_litres)).filter(
                func.to_char(col(DailyVolume.day), "MMDD") <= bindparam("then", type_=String)
            ),
            0,
        ).cast(Integer),
        func.count(func.distinct(col(DailyVolume.day))),
    )
    .where(*_SEEN)
    .group_by(_YEAR)
    .order_by(_YEAR)
)
