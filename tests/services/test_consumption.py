"""What flowed between readings, at the edges: estimates, replaced meters, indexes that turned over, leap years."""

from datetime import date

import pytest

from models import Meter, Reading, ReadingKind
from portail_app.services.consumption import History, Period, history_of, same_day, volume_litres


def meter(id: int = 1, **values: object) -> Meter:
    return Meter(id=id, utility_id=1, delivery_point_id=1, serial=f"C{id}", installed_on=date(2020, 1, 1), **values)


def read(on: str, index_m3: int, kind: ReadingKind = ReadingKind.READ, meter_id: int = 1) -> Reading:
    return Reading(meter_id=meter_id, read_on=date.fromisoformat(on), index_litres=index_m3 * 1000, kind=kind)


def told(history: History) -> list[tuple[str, str, int]]:
    """First day, last day, cubic metres."""
    return [(period.start.isoformat(), period.end.isoformat(), period.litres // 1000) for period in history.periods]


def test_a_period_starts_on_the_day_after_a_reading_and_ends_on_the_day_of_the_next():
    history = history_of([meter()], [read("2025-06-30", 60), read("2025-12-31", 121)], since=date(2025, 7, 1))

    assert history.periods == (Period(date(2025, 7, 1), date(2025, 12, 31), 61_000, ReadingKind.READ),)
    assert history.periods[0].days == 184


def test_the_first_period_starts_when_the_meter_was_installed():
    history = history_of([meter(installed_index_litres=2_000)], [read("2020-06-30", 62)])

    assert told(history) == [("2020-01-02", "2020-06-30", 60)]


def test_a_new_subscriber_has_neither_periods_nor_a_mean():
    history = history_of([meter()], [read("2026-10-31", 820)], since=date(2026, 11, 1))

    assert history.periods == ()
    assert history.mean_litres_a_day is None
    assert not history.knows(date(2026, 10, 1), date(2026, 10, 2))


def test_nothing_of_the_former_occupant_is_told_but_the_index_that_they_left():
    readings = [read("2024-12-31", 100), read("2025-06-30", 160), read("2025-12-31", 200)]

    mine = history_of([meter()], readings, since=date(2025, 7, 1))
    theirs = history_of([meter()], readings, until=date(2025, 6, 30))

    assert told(mine) == [("2025-07-01", "2025-12-31", 40)]
    assert told(theirs) == [("2020-01-02", "2024-12-31", 100), ("2025-01-01", "2025-06-30", 60)]


def test_an_estimate_that_was_too_low_is_caught_up_by_the_next_reading():
    history = history_of(
        [meter()],
        [read("2025-06-30", 100), read("2025-12-31", 140, ReadingKind.ESTIMATED), read("2026-06-30", 220)],
        since=date(2025, 7, 1),
    )

    assert told(history) == [("2025-07-01", "2025-12-31", 40), ("2026-01-01", "2026-06-30", 80)]
    assert [period.kind for period in history.periods] == ["estimee", "relevee"]


def test_an_estimate_that_was_too_high_is_dropped_and_no_volume_is_negative():
    history = history_of(
        [meter()],
        [read("2025-06-30", 100), read("2025-12-31", 190, ReadingKind.ESTIMATED), read("2026-06-30", 170)],
        since=date(2025, 7, 1),
    )

    assert told(history) == [("2025-07-01", "2026-06-30", 70)]


def test_an_index_that_went_backwards_without_anything_before_counts_for_nothing():
    history = history_of([meter()], [read("2025-12-31", 190), read("2026-06-30", 170)], since=date(2026, 1, 1))

    assert told(history) == [("2026-01-01", "2026-06-30", 0)]


def test_an_index_turns_over_after_its_last_figure():
    history = history_of([meter(digits=4)], [read("2025-06-30", 9_970), read("2025-12-31", 32)], date(2025, 7, 1))

    assert told(history) == [("2025-07-01", "2025-12-31", 62)]


@pytest.mark.parametrize(
    ("before", "after", "litres"),
    [
        (0, 0, 0),
        (99_999_000, 0, 1_000),
        (60_000_000, 10_000_000, 50_000_000),
        (60_000_000, 10_001_000, None),
        (1_250_000, 1_150_000, None),
    ],
)
def test_a_small_step_back_is_an_error_and_a_large_one_a_turn(before: int, after: int, litres: int | None):
    assert volume_litres(before, after, 100_000_000) == litres


def test_a_period_goes_on_over_the_replacement_of_the_meter():
    former = meter(1, removed_on=date(2025, 9, 10), removed_index_litres=530_000)
    newer = meter(2).model_copy(update={"installed_on": date(2025, 9, 10), "installed_index_litres": 1_000})
    readings = [read("2025-06-30", 500), read("2025-12-31", 33, meter_id=2), read("2026-06-30", 95, meter_id=2)]

    history = history_of([former, newer], readings, since=date(2025, 7, 1))

    assert told(history) == [("2025-07-01", "2025-12-31", 62), ("2026-01-01", "2026-06-30", 62)]


def test_several_meters_add_up():
    readings = [
        *(read("2025-06-30", 100), read("2025-12-31", 150)),
        *(read("2025-06-30", 10, meter_id=2), read("2025-12-31", 35, meter_id=2)),
    ]

    assert told(history_of([meter(1), meter(2)], readings, since=date(2025, 7, 1))) == [
        ("2025-07-01", "2025-12-31", 75)
    ]


def test_the_same_period_a_year_before_is_cut_out_of_periods_of_other_lengths():
    readings = [read("2023-12-31", 0), read("2024-12-31", 366), read("2025-06-30", 447)]
    history = history_of([meter()], readings, since=date(2024, 1, 1))

    assert history.year_before(history.periods[1]) == 182_000  # 1 January to 30 June of a leap year, a m³ a day
    assert history.year_before(history.periods[0]) is None


def test_the_mean_weighs_periods_by_their_days():
    readings = [read("2024-12-31", 0), read("2025-01-10", 10), read("2025-01-30", 12)]

    assert history_of([meter()], readings, since=date(2025, 1, 1)).mean_litres_a_day == pytest.approx(400)


def test_the_29th_of_february_is_the_28th_in_other_years():
    assert same_day(date(2024, 2, 29), -1) == date(2023, 2, 28)
    assert same_day(date(2024, 2, 29), -4) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("start", "end", "is_known"),
    [
        ("2025-01-01", "2025-12-31", True),
        ("2024-12-31", "2025-12-31", False),
        ("2025-01-01", "2026-01-01", False),
        ("2025-12-31", "2025-12-31", True),
    ],
)
def test_days_are_known_from_the_day_after_the_first_reading_to_the_day_of_the_last(start, end, is_known):
    history = history_of([meter()], [read("2024-12-31", 100), read("2025-12-31", 200)], since=date(2025, 1, 1))

    assert history.knows(date.fromisoformat(start), date.fromisoformat(end)) is is_known


def test_a_single_reading_is_no_time_that_is_known():
    history = history_of([meter()], [read("2025-12-31", 200)], since=date(2026, 1, 1))

    assert not history.knows(date(2026, 1, 1), date(2026, 1, 1))
    assert history.litres_between(date(2025, 1, 1), date(2027, 1, 1)) == 0


@pytest.mark.parametrize(
    ("start", "end", "litres"),
    [
        ("2025-01-01", "2025-01-10", 10_000),
        ("2025-01-01", "2025-01-01", 1_000),
        ("2024-12-22", "2025-01-01", 1_000),
        ("2025-01-10", "2025-01-31", 1_000),
        ("2025-02-01", "2025-02-28", 0),
    ],
)
def test_what_flowed_in_some_days_is_shared_evenly_and_is_nothing_outside_what_is_known(start, end, litres):
    history = history_of([meter()], [read("2024-12-31", 100), read("2025-01-10", 110)], since=date(2025, 1, 1))

    assert history.litres_between(date.fromisoformat(start), date.fromisoformat(end)) == litres


def test_a_reading_on_the_day_of_installation_or_of_removal_says_what_the_meter_showed():
    """The billing software kept other indexes for the two ends."""
    own = meter(installed_index_litres=5_000, removed_on=date(2020, 12, 31), removed_index_litres=99_000)
    history = history_of([own], [read("2020-01-01", 2), read("2020-12-31", 62)])

    assert told(history) == [("2020-01-02", "2020-12-31", 60)]


def test_a_meter_that_was_removed_at_nothing_turned_over_or_counts_its_last_volume():
    turned = meter(digits=4, removed_on=date(2025, 12, 31), removed_index_litres=0)
    newer = meter(2).model_copy(update={"installed_on": date(2025, 12, 31)})
    readings = [read("2025-06-30", 9_990), read("2026-06-30", 20, meter_id=2)]

    history = history_of([turned, newer], readings, since=date(2025, 7, 1))

    assert told(history) == [("2025-07-01", "2026-06-30", 30)]


def test_a_meter_that_was_put_back_later_leaves_a_gap_in_which_nothing_flows():
    former = meter(1, removed_on=date(2025, 3, 31), removed_index_litres=130_000)
    newer = meter(2).model_copy(update={"installed_on": date(2025, 10, 1)})
    readings = [read("2024-12-31", 100), read("2025-12-31", 20, meter_id=2)]

    history = history_of([newer, former], readings, since=date(2025, 1, 1))

    assert told(history) == [("2025-01-01", "2025-12-31", 50)]
    assert history.litres_between(date(2025, 4, 1), date(2025, 10, 1)) == 0


def test_two_estimates_that_were_both_too_high_are_both_dropped():
    estimates = [read("2025-09-30", 180, ReadingKind.ESTIMATED), read("2025-12-31", 200, ReadingKind.ESTIMATED)]
    readings = [read("2025-06-30", 100), *estimates, read("2026-06-30", 170)]

    assert told(history_of([meter()], readings, since=date(2025, 7, 1))) == [("2025-07-01", "2026-06-30", 70)]


def test_an_index_that_stands_still_is_a_period_in_which_nothing_flowed():
    readings = [read("2025-06-30", 100), read("2025-12-31", 100), read("2026-06-30", 160)]

    assert told(history_of([meter()], readings, since=date(2025, 7, 1))) == [
        ("2025-07-01", "2025-12-31", 0),
        ("2026-01-01", "2026-06-30", 60),
    ]
