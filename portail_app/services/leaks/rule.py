"""The leak rule of the « loi Warsmann », and the cap that it grants: pure functions of what flowed at a dwelling.

CGCT L2224-12-4, III bis: a volume is abnormal where it « excède le double du volume d'eau moyen consommé par l'abonné
ou par un ou plusieurs autres abonnés ayant occupé le local d'habitation pendant une période équivalente au cours des
trois années précédentes ou, à défaut, le double du volume d'eau moyen consommé dans la zone géographique ». So the
history is the dwelling's own, whoever lived there. R2224-20-1: it is seen from readings of what really flowed, never
from estimates. R2224-19-2: what the leak lost does not count for wastewater.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from models import ReadingKind
from portail_app.services.consumption import DAY, History, same_day

YEARS_COMPARED = 3
LEAST_DAYS = 14
"""Less says nothing: a meter shows whole cubic metres, and guests stay a weekend. The reading before is then taken."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Litres from `start` to `end`, both included, beside the mean that they are judged by. `years` are those of the
    three that were known; none is the area's mean."""

    start: date
    end: date
    litres: int
    mean_litres: int
    years: int
    is_abnormal: bool


def judge(history: History, since: date, area_litres_a_day: float | None = None) -> Judgement | None:
    """What flowed since the last reading but one, for who has been served since that day; None where nothing can be
    said: no reading, no time between two, or nothing to compare with."""
    span = _span(history, since)
    if span is None:
        return None
    start, end = span
    litres, days = history.litres_between(start, end), (end - start).days + 1
    years = _equivalents(history, start, end)
    if years:
        is_abnormal = litres * len(years) > 2 * sum(years)
        return Judgement(start, end, litres, round(sum(years) / len(years)), len(years), is_abnormal)
    if area_litres_a_day is None:
        return None
    mean = round(area_litres_a_day * days)
    return Judgement(start, end, litres, mean, 0, litres > 2 * mean)


@dataclass(frozen=True, slots=True)
class Cap:
    """The litres that remain due once the certificate is accepted."""

    water_litres: int
    wastewater_litres: int


def cap_of(litres: int, mean_litres: int) -> Cap:
    """Water at twice the mean at most; of wastewater, what is above the mean does not count."""
    return Cap(min(litres, 2 * mean_litres), min(litres, mean_litres))


def month_after(day: date) -> date:
    """The last day of the month that starts with `day`: its own number in the next month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _span(history: History, since: date) -> tuple[date, date] | None:
    """From the day after a reading to the day of the last one, in the time of who is served now."""
    read = sorted(on for on, kind in history.read.items() if kind is not ReadingKind.ESTIMATED)
    if not read:
        return None
    end = read[-1]
    latest = end - timedelta(days=LEAST_DAYS)
    known = [history.courses[0].days[0], *read]
    starts = [on + DAY for on in known if on <= latest]
    start = max([*starts[-1:], since]) if starts else None
    return (start, end) if start and start + timedelta(days=LEAST_DAYS - 1) <= end else None


def _equivalents(history: History, start: date, end: date) -> list[int]:
    """The litres of the same days of the three years before, where they are known, over as many days. Of a period
    longer than a year, the first of them is the latest that ended before it."""
    days = (end - start).days + 1
    first = next(shift for shift in range(1, 100) if same_day(end, -shift) < start)
    litres = []
    for shift in range(first, first + YEARS_COMPARED):
        from_day, to_day = same_day(start, -shift), same_day(end, -shift)
        if history.knows(from_day, to_day):
            litres.append(round(history.litres_between(from_day, to_day) * days / ((to_day - from_day).days + 1)))
    return litres
