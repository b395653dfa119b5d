"""The leak rule at its edges: what is compared with what, and from when a volume is abnormal."""

from datetime import date, timedelta

import pytest

from models import Meter, Reading, ReadingKind
from portail_app.services.consumption import History, history_of
from portail_app.services.leaks.rule import Cap, Judgement, cap_of, judge, month_after

LONG_AGO = date(2010, 1, 1)


def meter(id: int = 1, **values: object) -> Meter:
    values = {"installed_on": date(2015, 12, 31), **values}
    return Meter(id=id, utility_id=1, delivery_point_id=1, serial=f"C{id}", **values)


def read(on: str, index_m3: float, kind: ReadingKind = ReadingKind.READ, meter_id: int = 1) -> Reading:
    return Reading(meter_id=meter_id, read_on=date.fromisoformat(on), index_litres=round(index_m3 * 1000), kind=kind)


def half_years(*volumes_m3: float, from_year: int = 2021) -> list[Reading]:
    """Read at the end of June and of December, from the end of the year before `from_year`."""
    index, readings = 100.0, [read(f"{from_year - 1}-12-31", 100)]
    for rank, volume in enumerate(volumes_m3):
        index += volume
        day = "06-30" if rank % 2 == 0 else "12-31"
        readings.append(read(f"{from_year + rank // 2}-{day}", index))
    return readings


def history(*readings: Reading, meters: tuple[Meter, ...] = (), installed_on: date | None = None) -> History:
    first = min((reading.read_on for reading in readings), default=LONG_AGO)
    own = meters or (meter(installed_on=installed_on or first, installed_index_litres=readings[0].index_litres),)
    return history_of(own, readings)


def test_what_flowed_is_compared_with_the_same_half_year_of_the_three_years_before():
    known = history(*half_years(60, 40, 50, 40, 70, 40, 90))

    assert judge(known, LONG_AGO) == Judgement(
        date(2024, 1, 1), date(2024, 6, 30), 90_000, 60_331, years=3, is_abnormal=False
    )


def test_the_mean_is_that_of_the_same_season_and_not_of_the_year():
    known = history(*half_years(10, 100, 10, 100, 10, 100, 60))

    found = judge(known, LONG_AGO)

    assert found is not None
    assert found.is_abnormal
    assert found.mean_litres == 10_055


@pytest.mark.parametrize(("litres", "is_abnormal"), [(119_999, False), (120_000, False), (120_001, True)])
def test_twice_the_mean_is_not_yet_abnormal_and_one_litre_more_is(litres: int, is_abnormal: bool):
    readings = half_years(0, 60, 0, 60, 0, 60, 0, litres / 1000)

    found = judge(history(*readings), LONG_AGO)

    assert found is not None
    assert (found.litres, found.mean_litres, found.is_abnormal) == (litres, 60_000, is_abnormal)


def test_twice_a_mean_that_is_not_whole_is_compared_exactly():
    """The mean is 10 and a third: 20 is below its double, 21 above."""
    lower, higher = (half_years(0, 0.010, 0, 0.010, 0, 0.011, 0, volume) for volume in (0.020, 0.021))

    assert judge(history(*lower), LONG_AGO).is_abnormal is False
    assert judge(history(*higher), LONG_AGO).is_abnormal is True


def test_a_leap_year_counts_its_day_on_both_sides():
    """A cubic metre a day: 182 days of 2024 are judged by 182 days of years that had 181."""
    days = {year: (date(year, 6, 30) - date(year - 1, 12, 31)).days for year in range(2021, 2025)}
    volumes = [volume for year in range(2021, 2024) for volume in (days[year], 184)] + [days[2024]]

    found = judge(history(*half_years(*volumes)), LONG_AGO)

    assert (found.litres, found.mean_litres) == (182_000, 182_000)


def test_the_29th_of_february_is_judged_by_the_28th():
    readings = [read("2023-01-31", 0), read("2023-12-31", 334), read("2024-01-31", 365), read("2024-02-29", 394)]

    found = judge(history(*readings), LONG_AGO)

    assert (found.start, found.end, found.litres, found.years) == (date(2024, 2, 1), date(2024, 2, 29), 29_000, 1)
    assert found.mean_litres == 29_000


def test_a_year_that_is_not_wholly_known_is_left_out_of_the_mean():
    found = judge(history(*half_years(60, 40, 130)), LONG_AGO)

    assert (found.years, found.mean_litres, found.is_abnormal) == (1, 60_000, True)


def test_what_flowed_four_years_ago_does_not_count():
    ancient = half_years(0, 500, 0, 60, 0, 60, 0, 60, 0, 100)

    assert judge(history(*ancient), LONG_AGO).mean_litres == 60_000


def test_the_years_that_are_known_need_not_follow_each_other():
    """The house had no meter in the second half of 2022."""
    first = meter(1, installed_on=date(2020, 12, 31), removed_on=date(2022, 5, 1), removed_index_litres=181_000)
    again = meter(2, installed_on=date(2023, 5, 1))
    readings = [read("2021-06-30", 60), read("2021-12-31", 121), read("2023-06-30", 20, meter_id=2)]
    known = history_of(
        (first, again), [*readings, read("2023-12-31", 81, meter_id=2), read("2024-12-31", 300, meter_id=2)]
    )

    found = judge(known, LONG_AGO)

    assert (found.start, found.litres, found.years) == (date(2024, 1, 1), 219_000, 3)


def test_without_any_year_the_areas_mean_over_as_many_days_stands_for_it():
    readings = [read("2026-06-30", 0), read("2026-09-28", 19)]
    newcomer = history(*readings)

    assert judge(newcomer, LONG_AGO) is None
    assert judge(newcomer, LONG_AGO, area_litres_a_day=100.0) == Judgement(
        date(2026, 7, 1), date(2026, 9, 28), 19_000, 9_000, years=0, is_abnormal=True
    )
    assert not judge(newcomer, LONG_AGO, area_litres_a_day=110.0).is_abnormal


def test_an_own_year_is_preferred_to_the_areas_mean():
    found = judge(history(*half_years(60, 40, 100)), LONG_AGO, area_litres_a_day=1.0)

    assert (found.years, found.is_abnormal) == (1, False)


def test_what_former_occupants_used_counts_and_what_flows_is_only_the_newcomers():
    readings = [*half_years(60, 40, 60, 40), read("2023-03-15", 317), read("2023-06-30", 380)]

    found = judge(history(*readings), since=date(2023, 3, 16))

    assert (found.start, found.years) == (date(2023, 3, 16), 2)
    assert found.litres == 63_000
    assert found.mean_litres == round(60_000 * 107 / 181)


def test_who_moved_in_between_two_readings_is_not_charged_for_the_days_before():
    known = history(*half_years(181, 184, 181))

    found = judge(known, since=date(2022, 4, 1))

    assert (found.start, found.litres) == (date(2022, 4, 1), 91_000)


def test_an_estimate_neither_starts_nor_ends_what_is_judged():
    readings = half_years(60, 40, 60, 40, 60, 40)
    low = [*readings, read("2024-06-30", 410, ReadingKind.ESTIMATED), read("2024-12-31", 500)]
    last = [*readings, read("2024-06-30", 700, ReadingKind.ESTIMATED)]

    whole_year, before = judge(history(*low), LONG_AGO), judge(history(*last), LONG_AGO)

    assert (whole_year.start, whole_year.litres, whole_year.is_abnormal) == (date(2024, 1, 1), 100_000, False)
    assert before.end == date(2023, 12, 31)


def test_a_reading_of_a_few_days_later_is_judged_with_the_period_before():
    readings = [*half_years(60, 40, 60, 40, 60), read("2023-07-08", 366)]

    found = judge(history(*readings), LONG_AGO)

    assert (found.start, found.end, found.litres) == (date(2023, 1, 1), date(2023, 7, 8), 66_000)


def test_nothing_is_said_of_a_few_days_alone():
    assert judge(history(read("2026-07-01", 0), read("2026-07-08", 90)), LONG_AGO, area_litres_a_day=1.0) is None
    assert judge(history(*half_years(60, 40, 60)), since=date(2022, 6, 25), area_litres_a_day=1.0) is None
    assert judge(History(), LONG_AGO, area_litres_a_day=1.0) is None


def test_a_period_of_other_length_is_cut_out_of_those_that_are_known():
    """Yearly readings until 2023, then one after three months: a cubic metre a day before, three since."""
    readings = [read("2020-12-31", 0), read("2021-12-31", 365), read("2022-12-31", 730), read("2023-12-31", 1095)]

    found = judge(history(*readings, read("2024-03-31", 1095 + 273)), LONG_AGO)

    assert (found.litres, found.mean_litres, found.years) == (273_000, 91_000, 3)
    assert found.is_abnormal


def test_a_period_longer_than_a_year_is_never_compared_with_itself():
    """Not read for eighteen months: the equivalent periods end before it starts."""
    readings = [read("2019-12-31", 0), read("2020-12-31", 366), read("2021-12-31", 731), read("2022-12-31", 1096)]

    found = judge(history(*readings, read("2024-06-30", 1096 + 5_000)), LONG_AGO)

    assert (found.start, found.end) == (date(2023, 1, 1), date(2024, 6, 30))
    assert (found.years, found.mean_litres) == (2, 547_000)  # from January 2021 to June 2022, and a year before that


def test_several_meters_are_judged_together():
    first = half_years(60, 40, 60, 40, 60)
    second = [r.model_copy(update={"meter_id": 2}) for r in half_years(30, 20, 30, 20, 200)]
    meters = tuple(meter(id, installed_on=date(2020, 12, 31), installed_index_litres=100_000) for id in (1, 2))

    found = judge(history(*first, *second, meters=meters), LONG_AGO)

    assert (found.litres, found.mean_litres, found.is_abnormal) == (260_000, 90_000, True)


def test_a_replaced_meter_changes_nothing_to_what_flowed():
    former = meter(
        1,
        installed_on=date(2020, 12, 31),
        installed_index_litres=100_000,
        removed_on=date(2022, 3, 1),
        removed_index_litres=230_000,
    )
    newer = meter(2, installed_on=date(2022, 3, 1), installed_index_litres=2_000)
    readings = [read("2021-06-30", 160), read("2021-12-31", 200), read("2022-06-30", 105, meter_id=2)]

    found = judge(history(*readings, meters=(former, newer)), LONG_AGO)

    assert (found.start, found.litres, found.mean_litres) == (date(2022, 1, 1), 133_000, 60_000)
    assert found.is_abnormal


def test_an_index_that_turned_over_is_no_leak():
    small = meter(1, digits=4, installed_on=date(2020, 12, 31), installed_index_litres=9_850_000)
    readings = [read("2021-06-30", 9_910), read("2021-12-31", 9_950), read("2022-06-30", 14)]

    found = judge(history(*readings, meters=(small,)), LONG_AGO)

    assert (found.litres, found.mean_litres, found.is_abnormal) == (64_000, 60_000, False)


def test_a_house_left_empty_for_years_is_told_of_any_water():
    assert judge(history(*half_years(0, 0, 0, 0, 0, 0, 0)), LONG_AGO).is_abnormal is False
    assert judge(history(*half_years(0, 0, 0, 0, 0, 0, 1)), LONG_AGO).is_abnormal is True


def test_the_cap_is_twice_the_mean_for_water_and_the_mean_for_wastewater():
    assert cap_of(300_000, 60_000) == Cap(water_litres=120_000, wastewater_litres=60_000)
    assert cap_of(90_000, 60_000) == Cap(water_litres=90_000, wastewater_litres=60_000)
    assert cap_of(50_000, 60_000) == Cap(water_litres=50_000, wastewater_litres=50_000)


@pytest.mark.parametrize(
    ("told_on", "until"),
    [
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 9, 30)),
    ],
)
def test_the_certificate_may_come_within_a_month(told_on: date, until: date):
    assert month_after(told_on) == until
    assert until - told_on <= timedelta(days=31)
