"""Each household's contract, its delivery point and its meters, after its story and its bills."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from portail_app.demo_data.bills import Bill
from portail_app.demo_data.history import INVOICE
from portail_app.demo_data.metering import (
    DAY,
    ESTIMATED,
    READ,
    TELEMETERED,
    DemoMeter,
    Stay,
    draw_days,
    half_years_back,
    leak,
    read_meter,
    replace_meter,
)
from portail_app.demo_data.people import Household
from portail_app.demo_data.stories import Story

LEAKING_DAYS, LITRES_AN_HOUR = 21, 75
FIRST_TELEMETERED_DAY = date(2017, 1, 1)
PLACES = ("Regard devant la maison", "Cave", "Garage, à gauche de la porte", "Sous l’évier", "Local technique")
WITH_SEWER, WITHOUT_SEWER = "EAU-ASSAINISSEMENT", "EAU"


@dataclass(frozen=True)
class Supply:
    """One contract at one delivery point."""

    household: Household
    suffix: str
    address: str
    place: str
    started_on: date
    meters: tuple[DemoMeter, ...]
    bills: tuple[Bill, ...] = ()
    ended_on: date | None = None
    owner: str = ""

    @property
    def contract(self) -> str:
        return f"C{self.household.number}{self.suffix}"

    @property
    def point(self) -> str:
        return f"PDL-{self.household.number}{self.suffix}"

    @property
    def tariff(self) -> str:
        return WITH_SEWER if self.household.has_sewer else WITHOUT_SEWER


def draw_supplies(household: Household, bills: Sequence[Bill], today: date) -> Iterator[Supply]:
    """Drawn by a chance of its own, so that meters change nothing in the bills."""
    random = Random(int(household.number))  # noqa: S311
    billed = [bill for bill in bills if bill.kind == INVOICE]
    stays = [Stay(bill.period_start, bill.period_end, bill.volume_m3 * 1000) for bill in billed]
    supply = Supply(
        household,
        suffix="",
        address=household.address,
        place=random.choice(PLACES),
        started_on=stays[0].start - DAY * random.randrange(200, 500),
        meters=(),
        bills=tuple(bills),
    )
    yield replace(supply, meters=tuple(_meters(random, household, stays, today)))
    if household.story is Story.ALICE:
        yield _new_flat(household, today)


def _meters(random: Random, household: Household, stays: list[Stay], today: date) -> Sequence[DemoMeter]:
    made_in = stays[0].start.year - random.randrange(2, 12)
    meter = DemoMeter(_serial(household, made_in), date(made_in, 6, random.randrange(1, 28)), 0)
    started = replace(meter, installed_index_litres=random.randrange(40, 900) * 1000)
    match household.story:
        case Story.ALICE:
            return _ten_years_of_days(random, household, stays, today)
        case Story.TELEMETERED:
            days = [day for stay in stays[-2:] for day in draw_days(random, stay)]
            read = read_meter(started, [stay._replace(kind=TELEMETERED) for stay in stays])
            return [_installed_at_0(replace(read, is_telemetered=True, days=tuple(days)))]
        case Story.YEARLY:
            kinds = [ESTIMATED if place % 2 == 0 else READ for place in range(len(stays))]
            return [_installed_at_0(read_meter(started, _of_kinds(stays, kinds)))]
        case Story.TURNED_OVER:
            index = (9_999_000 - sum(stay.litres for stay in stays[:-3])) % 10_000_000
            return [_installed_at_0(read_meter(replace(meter, digits=4, installed_index_litres=index), stays))]
        case Story.REPLACED:
            on = stays[-3].start + DAY * random.randrange(20, 150)
            return replace_meter(_installed_at_0(read_meter(started, stays)), on, _serial(household, on.year), 0.4)
    return [_installed_at_0(read_meter(started, stays))]


def _ten_years_of_days(random: Random, household: Household, stays: list[Stay], today: date) -> Sequence[DemoMeter]:
    """The bill of 2017, the years without a bill here, those with one, and since the last one a leak."""
    recent = stays[1:]
    a_day = household.yearly_m3 * 1000 / 365
    between = half_years_back(stays[0].end + DAY, recent[0].start - DAY)
    older = [Stay(start, end, _usual(random, a_day, start, end)) for start, end in between]
    last = Stay(recent[-1].end + DAY, today - DAY, _usual(random, a_day, recent[-1].end + DAY, today - DAY))
    known = [stay._replace(kind=TELEMETERED) for stay in (stays[0], *older, *recent)]
    days = [day for stay in (*known, last) for day in draw_days(random, stay)]
    days = leak(days, today - timedelta(days=LEAKING_DAYS), LITRES_AN_HOUR)
    flowed = sum(day.litres for day in days if day.day >= last.start)
    meter = DemoMeter(_serial(household, 2012), date(2012, 3, 14), 512_340, is_telemetered=True)
    read = read_meter(meter, [*known, last._replace(litres=flowed, kind=TELEMETERED)])
    whole = _installed_at_0(replace(read, days=tuple(days)))
    on = recent[3].start + DAY * 70
    return replace_meter(whole, on, _serial(household, on.year), 0)


def _new_flat(household: Household, today: date) -> Supply:
    """Where somebody else lived until six weeks ago: their readings are on the meter, and are not Alice's to see."""
    started_on = today - timedelta(days=42)
    former = [(started_on - DAY * back) for back in (730, 548, 365, 183, 1)]
    stays = [Stay(start + DAY, end, 41_000) for start, end in pairwise(former)]
    meter = DemoMeter(_serial(household, 2019, "B"), date(2019, 9, 3), 210_000)
    return Supply(
        household,
        suffix="B",
        address="5 place de l’Église",
        place="Placard du palier",
        started_on=started_on,
        meters=(_installed_at_0(read_meter(meter, stays)),),
    )


def _installed_at_0(meter: DemoMeter) -> DemoMeter:
    """It had counted before its first reading that is told."""
    return replace(meter, installed_index_litres=0)


def _of_kinds(stays: Sequence[Stay], kinds: Sequence[str]) -> list[Stay]:
    return [stay._replace(kind=kind) for stay, kind in zip(stays, kinds, strict=True)]


def _usual(random: Random, a_day: float, start: date, end: date) -> int:
    return round(a_day * ((end - start).days + 1) * random.uniform(0.85, 1.15))


def _serial(household: Household, year: int, letter: str = "A") -> str:
    """As on a meter's face: the maker's letter, the year, the calibre, a number."""
    return f"I{year % 100:02}{letter}{household.number}"
