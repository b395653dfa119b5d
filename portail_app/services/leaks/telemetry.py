"""What telemetry tells of a leak, day by day: water that never stops, water in an empty home, a threshold passed.

Pure functions of days and of what the people of a contract asked to be warned of. An episode is a run of such days
without a gap: it is told once, on its first day known, and grows while it lasts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from models import LeakKind

DAY = timedelta(days=1)


class CountedDay(NamedTuple):
    """What one or several meters counted together on a day of Paris. `least_hourly_litres` is that of the hour in which
    least flowed, None where no meter says it."""

    day: date
    litres: int
    least_hourly_litres: int | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to be warned of; by default, of water that never stops."""

    warns_of_flow: bool = True
    most_litres_a_day: int | None = None
    away_from: date | None = None
    away_until: date | None = None

    def is_away_on(self, day: date) -> bool:
        """The days of leaving and of coming back are lived at home."""
        return (
            self.away_from is not None and self.away_from < day and (self.away_until is None or day < self.away_until)
        )


@dataclass(frozen=True, slots=True)
class Episode:
    kind: LeakKind
    start: date
    end: date
    litres: int


def find_episodes(days: Iterable[CountedDay], wishes: Wishes) -> list[Episode]:
    """By kind, then in the order of time."""
    known = sorted(days)
    return [
        *_runs(LeakKind.CONTINUOUS, (day for day in known if wishes.warns_of_flow and never_stopped(day))),
        *_runs(LeakKind.EMPTY_HOME, (day for day in known if day.litres > 0 and wishes.is_away_on(day.day))),
        *_runs(LeakKind.THRESHOLD, (day for day in known if _is_above(day, wishes.most_litres_a_day))),
    ]


def never_stopped(day: CountedDay) -> bool:
    """Something flowed in each of its 24 hours (23 or 25 when the clocks change)."""
    return day.least_hourly_litres is not None and day.least_hourly_litres > 0


def _is_above(day: CountedDay, most_litres: int | None) -> bool:
    return most_litres is not None and day.litres > most_litres


def _runs(kind: LeakKind, days: Iterable[CountedDay]) -> Iterator[Episode]:
    """Days that follow each other make one episode."""
    episode: Episode | None = None
    for day in days:
        if episode is not None and day.day == episode.end + DAY:
            episode = replace(episode, end=day.day, litres=episode.litres + day.litres)
            continue
        if episode is not None:
            yield episode
        episode = Episode(kind, day.day, day.day, day.litres)
    if episode is not None:
        yield episode
