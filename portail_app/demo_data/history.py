"""Four years of a household: two bills a year, and now and then a credit note."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import NamedTuple

from portail_app.demo_data.bills import Bill, credit_lines, draw_lines
from portail_app.demo_data.fates import Fate, draw_outcome, settle
from portail_app.demo_data.people import Household

HALF_YEARS = 8
DAYS_TO_PAY = 30
CREDIT_NOTE_CHANCE = 0.01
INVOICE, CREDIT_NOTE = "facture", "avoir"
SUBJECT = "Eau et assainissement"


class Period(NamedTuple):
    start: date
    end: date


def draw_history(random: Random, household: Household, today: date) -> Iterator[tuple[Bill, Fate]]:
    """Oldest first; the last bill came some weeks before `today`."""
    for period, share in zip(half_years(today), household.story.shares, strict=True):
        bill = draw_bill(random, household, period, share)
        yield bill, settle(bill, draw_outcome(random, household, bill, today), today)
        if random.random() < CREDIT_NOTE_CHANCE:
            yield _draw_credit_note(random, bill), Fate()


@cache
def half_years(today: date) -> tuple[Period, ...]:
    """Eight half-years of whole months, of which the last ended a month and a half ago at least."""
    ends = [_end_of_month_before(today - timedelta(days=45), 6 * back) for back in range(HALF_YEARS, -1, -1)]
    return tuple(Period(before + timedelta(days=1), end) for before, end in pairwise(ends))


def draw_bill(random: Random, household: Household, period: Period, share: float = 1) -> Bill:
    """`share` is how much of what is usual was used: nothing in an empty house, a multiple where it leaks."""
    usual = household.yearly_m3 / 2 * random.uniform(0.75, 1.25)
    volume = max(1, round(usual * share)) if share else 0
    issued_on = period.end + timedelta(days=household.delivery_days)
    return Bill(
        number=_number(period, household),
        kind=INVOICE,
        subject=SUBJECT,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=DAYS_TO_PAY),
        period_start=period.start,
        period_end=period.end,
        lines=draw_lines(period.end, volume, household.has_sewer),
        volume_m3=volume,
    )


def _draw_credit_note(random: Random, bill: Bill) -> Bill:
    issued_on, given_back = bill.issued_on + timedelta(days=9), random.randint(1, 12)
    year, lot, sequence = bill.number.split("-")
    return bill._replace(
        number=f"{year}-{int(lot) + 80:03}-{sequence}",
        kind=CREDIT_NOTE,
        subject="Avoir sur consommation",
        issued_on=issued_on,
        due_on=issued_on,
        lines=credit_lines(bill.lines, given_back),
        volume_m3=-given_back,
    )


def _number(period: Period, household: Household) -> str:
    """Fiscal year, lot, sequence."""
    return f"{period.end.year}-{'010' if period.end.month <= 6 else '020'}-{household.number}"


def _end_of_month_before(day: date, months: int) -> date:
    """The last day of the last whole month before `day`, and that many months before."""
    year, month = divmod(day.year * 12 + day.month - 2 - months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
