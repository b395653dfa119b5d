"""What telemetry tells, at the edges: days that follow each other, hours that are not told, days of leaving."""

from datetime import date, timedelta

import pytest

from models import LeakKind
from portail_app.services.leaks.telemetry import CountedDay, Episode, Wishes, find_episodes

MONDAY = date(2026, 11, 16)


def days(*litres: int, least: int | None = 0, start: date = MONDAY) -> list[CountedDay]:
    return [CountedDay(start + timedelta(days=place), volume, least) for place, volume in enumerate(litres)]


def test_water_that_never_stops_for_a_day_is_told_and_grows_while_it_lasts():
    flowing = days(400, 1_900, 2_000, least=75)

    assert find_episodes(flowing, Wishes()) == [Episode(LeakKind.CONTINUOUS, MONDAY, MONDAY + timedelta(days=2), 4_300)]


def test_a_single_hour_without_water_ends_the_flow():
    flowing = [*days(1_900, least=75), *days(300, least=0, start=MONDAY + timedelta(days=1))]
    again = days(1_900, least=1, start=MONDAY + timedelta(days=2))

    assert [episode.start for episode in find_episodes([*flowing, *again], Wishes())] == [
        MONDAY,
        MONDAY + timedelta(days=2),
    ]


def test_a_day_that_is_missing_ends_an_episode():
    assert len(find_episodes([*days(90, least=2), *days(90, least=2, start=MONDAY + timedelta(days=2))], Wishes())) == 2


@pytest.mark.parametrize("least", [0, None])
def test_nothing_is_said_of_hours_that_are_dry_or_not_told(least: int | None):
    assert find_episodes(days(5_000, 5_000, least=least), Wishes()) == []


def test_who_has_an_appliance_that_always_drinks_is_not_warned_of_it():
    assert find_episodes(days(200, least=4), Wishes(warns_of_flow=False)) == []


def test_any_water_in_an_empty_home_is_told_but_not_on_the_days_of_leaving_and_coming_back():
    away = Wishes(away_from=MONDAY, away_until=MONDAY + timedelta(days=3))

    assert find_episodes(days(120, 0, 0, 90, 110), away) == []
    assert find_episodes(days(120, 0, 1, 90), away) == [
        Episode(LeakKind.EMPTY_HOME, MONDAY + timedelta(days=2), MONDAY + timedelta(days=2), 1)
    ]


def test_an_absence_without_an_end_lasts():
    (episode,) = find_episodes(days(100, 5, 5, 5), Wishes(away_from=MONDAY))

    assert (episode.start, episode.end, episode.litres) == (MONDAY + timedelta(days=1), MONDAY + timedelta(days=3), 15)


@pytest.mark.parametrize(("litres", "is_told"), [(500, False), (501, True)])
def test_a_day_above_the_threshold_is_told_and_a_day_at_it_is_not(litres: int, is_told: bool):
    found = find_episodes(days(litres), Wishes(most_litres_a_day=500))

    assert [episode.kind for episode in found] == [LeakKind.THRESHOLD] * is_told


def test_without_a_threshold_no_day_is_too_much():
    assert find_episodes(days(90_000), Wishes()) == []


def test_one_day_can_be_told_in_three_ways():
    day = days(100, 800, least=30)
    wishes = Wishes(most_litres_a_day=500, away_from=MONDAY, away_until=None)

    assert {episode.kind for episode in find_episodes(day, wishes)} == {
        LeakKind.CONTINUOUS,
        LeakKind.EMPTY_HOME,
        LeakKind.THRESHOLD,
    }


def test_days_may_come_in_any_order_and_nothing_comes_of_nothing():
    flowing = days(10, 20, 30, least=1)

    assert find_episodes(reversed(flowing), Wishes()) == find_episodes(flowing, Wishes())
    assert find_episodes([], Wishes()) == []
