"""Meters tell the same as the bills, and every story of a meter is in the demonstration."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from models import Meter, Reading, ReadingKind
from portail_app.demo_data.bills import Bill
from portail_app.demo_data.cast import ALICE, BRUNO, cast_histories
from portail_app.demo_data.history import INVOICE
from portail_app.demo_data.metering import DemoMeter, Stay, draw_days
from portail_app.demo_data.people import Household
from portail_app.demo_data.population import draw_households
from portail_app.demo_data.stories import Story
from portail_app.demo_data.supplies import Supply, draw_supplies
from portail_app.demo_data.supply_rows import tariff_rows
from portail_app.services.consumption import History, history_of

TODAY = date(2026, 11, 22)
Told = tuple[Household, list[Bill], list[Supply]]


def history_told_by(supply: Supply) -> History:
    meters, readings = [], []
    for id, meter in enumerate(supply.meters):
        meters.append(
            Meter(
                id=id,
                digits=meter.digits,
                installed_on=meter.installed_on,
                installed_index_litres=meter.installed_index_litres,
                removed_on=meter.removed_on,
                removed_index_litres=meter.removed_index_litres,
            )
        )
        readings += [
            Reading(meter_id=id, read_on=on, index_litres=index, kind=ReadingKind(kind))
            for on, index, kind in meter.readings
        ]
    return history_of(meters, readings, since=supply.started_on)


@pytest.fixture(scope="module")
def town() -> list[Told]:
    random = Random(1)
    people = [(household, [bill for bill, _ in pairs]) for household, pairs in cast_histories(random, TODAY)]
    people += [(home, [bill for bill, _ in pairs]) for home, pairs in draw_households(random, 300, TODAY)]
    return [(home, bills, list(draw_supplies(home, bills, TODAY))) for home, bills in people]


def test_every_bill_is_the_difference_of_two_readings(town: list[Told]):
    for _, bills, supplies in town:
        periods = {(period.start, period.end): period.litres for period in history_told_by(supplies[0]).periods}
        for bill in bills:
            if bill.kind == INVOICE:
                assert periods[bill.period_start, bill.period_end] == bill.volume_m3 * 1000


def test_nothing_of_before_the_contract_is_counted_in_its_first_period(town: list[Told]):
    for household, _, supplies in town:
        first = history_told_by(supplies[0]).periods[0]
        assert first.start > supplies[0].started_on
        assert first.litres_a_day < 10 * household.yearly_m3 * 1000 / 365


def test_every_story_is_told(town: list[Told]):
    stories = Counter(household.story for household, _, _ in town)

    assert set(stories) == set(Story)
    assert stories[Story.HALF_YEARLY] == max(stories.values())


def of_story(town: list[Told], story: Story) -> tuple[History, tuple[DemoMeter, ...]]:
    supply = next(supplies[0] for household, _, supplies in town if household.story is story)
    return history_told_by(supply), supply.meters


def test_a_house_left_empty_uses_nothing(town: list[Told]):
    history, _ = of_story(town, Story.EMPTY)

    assert [period.litres for period in history.periods[-3:]] == [0, 0, 0]
    assert history.periods[-4].litres > 0


def test_a_leak_is_more_than_twice_what_is_usual(town: list[Told]):
    history, _ = of_story(town, Story.LEAK)

    assert history.periods[-1].litres_a_day > 2 * max(period.litres_a_day for period in history.periods[1:-1])


def test_readings_are_estimated_every_other_time_where_the_meter_is_read_once_a_year(town: list[Told]):
    history, _ = of_story(town, Story.YEARLY)

    kinds = [period.kind.value for period in history.periods[-4:]]
    assert sorted(set(kinds)) == ["estimee", "relevee"]
    assert kinds[0] == kinds[2] != kinds[1] == kinds[3]


def test_an_index_turns_over(town: list[Told]):
    _, (meter,) = of_story(town, Story.TURNED_OVER)

    indexes = [reading.index_litres for reading in meter.readings]
    assert any(after < before for before, after in pairwise(indexes))
    assert max(indexes) < 10_000_000


def test_alice_has_ten_years_of_days_over_two_meters_without_a_gap(town: list[Told]):
    former, newer = town[0][2][0].meters
    days = [day.day for day in (*former.days, *newer.days)]

    assert town[0][0] == ALICE
    assert len(days) > 3_600
    assert days == [days[0] + timedelta(days=place) for place in range(len(days))]
    assert days[-1] == TODAY - timedelta(days=1)
    assert former.removed_on == newer.installed_on == former.days[-1].day


def test_the_days_add_up_to_the_readings(town: list[Told]):
    supply = town[0][2][0]
    history = history_told_by(supply)
    days = {day.day: day.litres for meter in supply.meters for day in meter.days}

    for period in history.periods[1:]:
        counted = sum(litres for day, litres in days.items() if period.start <= day <= period.end)
        assert counted == period.litres


def test_alices_water_has_not_stopped_for_three_weeks(town: list[Told]):
    days = town[0][2][0].meters[-1].days

    assert all(day.least_hourly_litres > 0 for day in days[-21:])
    assert all(day.least_hourly_litres == 0 for day in days[:-21])
    periods = history_told_by(town[0][2][0]).periods
    assert periods[-1].litres_a_day > 2 * periods[-2].litres_a_day


def test_alice_has_a_flat_without_history_where_somebody_lived_before(town: list[Told]):
    flat = town[0][2][1]

    assert history_told_by(flat).periods == ()
    assert len(flat.meters[0].readings) == 5


def test_bruno_has_one_contract_of_his_own(town: list[Told]):
    household, bills, supplies = town[1]

    assert household == BRUNO
    assert [supply.contract for supply in supplies] == ["C100002"]
    assert supplies[0].bills == tuple(bills)


def test_days_are_never_negative_and_add_up_to_the_litre():
    days = draw_days(Random(1), Stay(date(2024, 1, 1), date(2024, 6, 30), 60_001))

    assert len(days) == 182
    assert sum(day.litres for day in days) == 60_001
    assert min(day.litres for day in days) >= 0


def test_there_is_a_tariff_for_each_year_with_and_without_a_sewer():
    rows = list(tariff_rows("demo", TODAY))

    versions = {(row[1], row[2]) for row in rows}
    assert len(versions) == 2 * 11
    assert ("EAU-ASSAINISSEMENT", "01/01/2017") in versions
