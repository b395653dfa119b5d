"""What a graph and its table show of a contract: one bar for each period, year, month or day, and the year before."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portail_app.formats import day, long_day, month, short_month
from portail_app.reading import Reader
from portail_app.services.consumption import DAY, History, Period, same_day
from portail_app.services.contracts import Tenure
from portail_app.services.daily_volumes import Days, Year, find_known_days, list_days, list_years
from portail_app.services.meter_history import MeterHistory

MOST_PERIODS = 12
SAME_LENGTH = 1.1
FIRST_YEAR = 1901
_AT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")


class View(StrEnum):
    """As the URL names them."""

    PERIODS = "periodes"
    YEARS = "annees"
    MONTHS = "mois"
    DAYS = "jours"


@dataclass(frozen=True, slots=True)
class Bar:
    """`litres` is None where nothing is known. `label` is short, `name` whole; `kind` is that of a period's reading."""

    label: str
    name: str
    start: date
    end: date
    days: int
    litres: int | None
    litres_before: int | None = None
    kind: str = ""

    @property
    def litres_a_day(self) -> float | None:
        return None if self.litres is None or not self.days else self.litres / self.days


@dataclass(frozen=True, slots=True)
class Chart:
    """`is_average` where the bars are of unequal lengths, so that only litres a day can be compared; `mean` is in the
    bars' own unit, litres or litres a day. `previous` and `next` are the values of `at` that show what is beside."""

    view: View
    title: str
    bars: tuple[Bar, ...]
    is_average: bool = False
    mean: float | None = None
    known_on: date | None = None
    previous: str = ""
    next: str = ""


async def find_chart(reader: Reader, tenure: Tenure, told: MeterHistory, view: View, at: str) -> Chart:
    """`at` is a year for months (`2026`) and a month for days (`2026-10`); the newest where it says nothing."""
    known = await find_known_days(reader, tenure, told.meters) if told.is_telemetered else None
    if known is None or view is View.PERIODS:
        return chart_periods(told.history, told.known_on)
    first, last = known
    if view is View.YEARS:
        return chart_years(await list_years(reader, tenure, told.meters, last), last)
    start, end = _span(view, at, last)
    days = await list_days(reader, tenure, told.meters, same_day(start, -1), end)
    chart = chart_months if view is View.MONTHS else chart_days
    return chart(days, start, first, last)


def chart_periods(history: History, known_on: date | None, most: int | None = MOST_PERIODS) -> Chart:
    """The newest ones, all of them where `most` is None."""
    periods = history.periods[-most:] if most else history.periods
    lengths = [period.days for period in periods]
    is_average = bool(lengths) and max(lengths) > SAME_LENGTH * min(lengths)
    bars = tuple(_period_bar(period, history.year_before(period)) for period in periods)
    flowed = sum(period.litres for period in periods)
    mean = flowed / (sum(lengths) if is_average else len(periods)) if periods else None
    return Chart(View.PERIODS, "Consommation entre deux relèves", bars, is_average, mean, known_on)


def chart_years(years: Sequence[Year], last: date) -> Chart:
    """The newest year is compared with the same days of the one before."""
    of_year = {year.year: year for year in years}
    bars = [year_bar(year, of_year.get(year.year - 1)) for year in years]
    return Chart(View.YEARS, "Consommation par année", tuple(bars), mean=_mean(bars), known_on=last)


def chart_months(days: Days, start: date, first: date, last: date) -> Chart:
    bars = month_bars(days, start, date(start.year, 12, 31))
    return Chart(
        View.MONTHS,
        f"Consommation de {start.year}, mois par mois",
        bars,
        mean=_mean(bars),
        known_on=last,
        previous=str(start.year - 1) if first.year < start.year else "",
        next=str(start.year + 1) if start.year < last.year else "",
    )


def month_bars(days: Days, first: date, last: date) -> tuple[Bar, ...]:
    """Each month that has a day from `first` to `last`."""
    firsts = [on for on in _days_between(first.replace(day=1), last) if on.day == 1]
    return tuple(_span_bar(days, short_month(on).split()[0], month(on), on, _month_end(on)) for on in firsts)


def chart_days(days: Days, start: date, first: date, last: date) -> Chart:
    every = _days_between(start, _month_end(start))
    bars = [_span_bar(days, str(on.day), long_day(on), on, on) for on in every]
    before, after = start - DAY, _month_end(start) + DAY
    return Chart(
        View.DAYS,
        f"Consommation {_of(month(start))}, jour par jour",
        tuple(bars),
        mean=_mean(bars),
        known_on=last,
        previous=f"{before:%Y-%m}" if first <= before else "",
        next=f"{after:%Y-%m}" if after <= last else "",
    )


def _period_bar(period: Period, before: int | None) -> Bar:
    name = f"du {day(period.start)} au {day(period.end)}"
    return Bar(
        short_month(period.end).replace(" ", "<br>"),
        name,
        period.start,
        period.end,
        period.days,
        period.litres,
        before,
        period.kind.value,
    )


def year_bar(year: Year, before: Year | None = None) -> Bar:
    start, end = date(year.year, 1, 1), date(year.year, 12, 31)
    litres_before = before.litres_by_then if before else None
    return Bar(str(year.year), str(year.year), start, end, year.days, year.litres, litres_before)


def _span_bar(days: Days, label: str, name: str, start: date, end: date) -> Bar:
    """Compared with the same known days of the year before: a month that is not over, with its beginning."""
    known = [on for on in _days_between(start, end) if on in days]
    former = (
        [same_day(on, -1) for on in known] if known else list(_days_between(same_day(start, -1), same_day(end, -1)))
    )
    before = [days[on] for on in dict.fromkeys(former) if on in days]
    litres = sum(days[on] for on in known) if known else None
    return Bar(label, name, start, end, len(known), litres, sum(before) if before else None)


def _mean(bars: Iterable[Bar]) -> float | None:
    """Of the bars that are whole: what is not over yet would lower it."""
    whole = [bar.litres for bar in bars if bar.litres is not None and bar.days == (bar.end - bar.start).days + 1]
    return sum(whole) / len(whole) if whole else None


def _span(view: View, at: str, last: date) -> tuple[date, date]:
    """The year or the month to show; a value that is none is as if it were missing."""
    asked = _AT.fullmatch(at)
    year = int(asked["year"]) if asked and FIRST_YEAR <= int(asked["year"]) <= last.year else None
    start = date(year or last.year, 1, 1)
    if view is View.MONTHS:
        return start, date(start.year, 12, 31)
    number = int(asked["month"] or 0) if asked and year else 0
    start = start.replace(month=number) if 1 <= number <= 12 else last.replace(day=1)
    return start, _month_end(start)


def _month_end(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1])


def _days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=place) for place in range((last - first).days + 1))


def _of(words: str) -> str:
    """« d’octobre », « de mars »."""
    return f"d’{words}" if words[0] in "aeiouyéâ" else f"de {words}"
