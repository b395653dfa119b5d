"""What flowed between readings: meters that were replaced or turned over, estimates that were corrected.

Pure functions of meters and readings. A reading is taken at the end of its day: the period after that of 30 June
starts on 1 July, as on the bills.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from models import ReadingKind

DAY = timedelta(days=1)


class MeterLike(Protocol):
    """A meter, or its row as the driver reads it: see `models/water/meter.py`."""

    @property
    def id(self) -> int | None: ...
    @property
    def installed_on(self) -> date: ...
    @property
    def installed_index_litres(self) -> int: ...
    @property
    def removed_on(self) -> date | None: ...
    @property
    def removed_index_litres(self) -> int | None: ...
    @property
    def turns_over_at_litres(self) -> int: ...


class ReadingLike(Protocol):
    """A reading, or its row."""

    @property
    def meter_id(self) -> int: ...
    @property
    def read_on(self) -> date: ...
    @property
    def index_litres(self) -> int: ...
    @property
    def kind(self) -> ReadingKind: ...


@dataclass(frozen=True, slots=True)
class Period:
    """From the day after a reading to the day of the next one, both included; `kind` is that of the latter."""

    start: date
    end: date
    litres: int
    kind: ReadingKind

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def litres_a_day(self) -> float:
        return self.litres / self.days


@dataclass(frozen=True)
class Course:
    """How many litres had flowed by the end of each known day since the first; in between, evenly."""

    days: tuple[date, ...]
    litres: tuple[int, ...]

    def by(self, day: date) -> int:
        """Before the first known day nothing is known to have flowed, nor after the last."""
        after = bisect_right(self.days, day)
        if after == 0:
            return 0
        if after == len(self.days):
            return self.litres[-1]
        start, end = self.days[after - 1], self.days[after]
        share = (self.litres[after] - self.litres[after - 1]) * (day - start).days
        return self.litres[after - 1] + round(share / (end - start).days)


@dataclass(frozen=True)
class History:
    """What is known of a delivery point: the days on which it was read, and what flowed in between."""

    courses: tuple[Course, ...] = ()  # by their first day
    read: dict[date, ReadingKind] = field(default_factory=dict)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """One after the other without a gap, the oldest first."""
        known = {course.days[0] for course in self.courses[:1]} | self.read.keys()
        between = pairwise(sorted(known))
        return tuple(
            Period(before + DAY, end, self.litres_between(before + DAY, end), self.read[end]) for before, end in between
        )

    def litres_between(self, start: date, end: date) -> int:
        """From `start` to `end`, both included, evenly shared where a period is cut."""
        return sum(course.by(end) - course.by(start - DAY) for course in self.courses)

    def year_before(self, period: Period) -> int | None:
        """The litres of the same days one year earlier, None where they are not wholly known."""
        start, end = same_day(period.start, -1), same_day(period.end, -1)
        return self.litres_between(start, end) if self.knows(start, end) else None

    def knows(self, start: date, end: date) -> bool:
        """Whether readings lie around those days."""
        return self._ends is not None and self._ends[0] < start and end <= self._ends[1]

    @cached_property
    def _ends(self) -> tuple[date, date] | None:
        """The first and the last day that are known."""
        known = self.read.keys() | {course.days[0] for course in self.courses[:1]}
        return (min(known), max(known)) if len(known) > 1 else None

    @property
    def mean_litres_a_day(self) -> float | None:
        days = sum(period.days for period in self.periods)
        return sum(period.litres for period in self.periods) / days if days else None


def history_of(
    meters: Iterable[MeterLike], readings: Iterable[ReadingLike], since: date | None = None, until: date | None = None
) -> History:
    """Of the meters of one delivery point. `since` and `until` bound what may be seen, the last index before included:
    the one that the former occupant left on the eve."""
    by_meter: dict[int | None, list[ReadingLike]] = {}
    for reading in readings:
        by_meter.setdefault(reading.meter_id, []).append(reading)
    bounds = (since - DAY if since else date.min, until or date.max)
    lines = [_marks(meter, by_meter.get(meter.id, []), bounds) for meter in meters]
    kinds = {on: kind for marks in lines for on, _, kind in marks if kind is not None}
    courses = [course for marks in lines if (course := _course(marks))]
    return History(tuple(sorted(courses, key=lambda course: course.days[0])), kinds)


def volume_litres(before: int, after: int, turns_over_at: int) -> int | None:
    """Between two indexes of one meter, which may have turned over; None where the index went backwards."""
    flowed = after - before
    if flowed >= 0:
        return flowed
    return flowed + turns_over_at if flowed + turns_over_at <= turns_over_at // 2 else None


def same_day(day: date, years: int) -> date:
    """The same day of another year; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


Mark = tuple[date, int, ReadingKind | None]
"""A day, the litres that had flowed by then, and the kind of its reading, None at a meter's two ends."""


def _marks(meter: MeterLike, readings: Sequence[ReadingLike], bounds: tuple[date, date]) -> list[Mark]:
    """An index below the one before shows that the one before was too high: it is left out."""
    known: dict[date, Mark] = {meter.installed_on: (meter.installed_on, meter.installed_index_litres, None)}
    if meter.removed_on and meter.removed_index_litres is not None:
        known[meter.removed_on] = (meter.removed_on, meter.removed_index_litres, None)
    known |= {reading.read_on: (reading.read_on, reading.index_litres, reading.kind) for reading in readings}
    kept: list[Mark] = []
    flowed: list[int] = []
    for mark in sorted(mark for mark in known.values() if bounds[0] <= mark[0] <= bounds[1]):
        while len(kept) > 1 and _volume(kept[-1], mark, meter) is None:
            kept.pop(), flowed.pop()
        flowed.append(flowed[-1] + (_volume(kept[-1], mark, meter) or 0) if kept else 0)
        kept.append(mark)
    return [(on, litres, kind) for (on, _, kind), litres in zip(kept, flowed, strict=True)]


def _volume(before: Mark, after: Mark, meter: MeterLike) -> int | None:
    return volume_litres(before[1], after[1], meter.turns_over_at_litres)


def _course(marks: Sequence[Mark]) -> Course | None:
    return Course(tuple(on for on, _, _ in marks), tuple(litres for _, litres, _ in marks)) if len(marks) > 1 else None
