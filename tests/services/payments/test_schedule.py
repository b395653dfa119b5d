"""When PayFiP is asked: often at first, then each morning for a week, in the hour of Paris."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portail_app.formats import PARIS
from portail_app.services.payments.schedule import next_check, next_check_after_trouble

OPENED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def appointments(opened_at: datetime) -> list[datetime]:
    now, found = opened_at, []
    while (appointment := next_check(opened_at, now)) is not None:
        found.append(appointment)
        now = appointment
    return found


def test_the_first_two_hours_have_nine_appointments():
    minutes = [(at - OPENED) / timedelta(minutes=1) for at in appointments(OPENED)[:9]]

    assert minutes == [1, 3, 6, 10, 16, 20, 30, 60, 120]


def test_then_every_morning_at_six_in_paris_until_the_seventh_day():
    mornings = [at.astimezone(PARIS) for at in appointments(OPENED)[9:]]

    assert [at.day for at in mornings] == [23, 24, 25, 26, 27, 28, 29]
    assert {(at.hour, at.minute) for at in mornings} == {(6, 0)}


def test_the_hour_of_paris_holds_over_the_change_of_season():
    before_summer_ends = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)

    mornings = appointments(before_summer_ends)[9:]

    assert {at.astimezone(PARIS).hour for at in mornings} == {6}
    assert {at.hour for at in mornings} == {4, 5}


def test_a_payment_of_the_night_waits_for_the_morning_after_its_two_hours():
    opened = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)  # 04:30 in Paris: the two hours end at 06:30

    assert appointments(opened)[9].astimezone(PARIS) == datetime(2026, 11, 23, 6, 0, tzinfo=PARIS)


@pytest.mark.parametrize("late", [timedelta(minutes=2), timedelta(minutes=45), timedelta(hours=5), timedelta(days=3)])
def test_what_was_missed_while_stopped_is_not_made_up_for(late):
    appointment = next_check(OPENED, OPENED + late)

    assert appointment is not None
    assert appointment > OPENED + late


def test_after_a_week_nobody_is_asked_any_more():
    assert next_check(OPENED, OPENED + timedelta(days=7)) is None
    assert next_check(OPENED, OPENED + timedelta(days=400)) is None


@pytest.mark.parametrize(("at", "next_minutes"), [(0, 1), (0.99, 1), (1, 3), (119, 120), (-5, 1)])
def test_an_appointment_that_has_come_is_over(at, next_minutes):
    assert next_check(OPENED, OPENED + timedelta(minutes=at)) == OPENED + timedelta(minutes=next_minutes)


@pytest.mark.parametrize(("now", "morning"), [(time(5, 59, 59), 24), (time(6), 25), (time(23, 59), 25), (time(0), 24)])
def test_the_morning_is_the_next_six_o_clock_of_paris(now, morning):
    appointment = next_check(OPENED, datetime.combine(date(2026, 11, 24), now, PARIS))

    assert appointment == datetime(2026, 11, morning, 6, tzinfo=PARIS)


def test_the_last_morning_is_within_the_week_to_the_minute():
    opened = datetime(2026, 11, 22, 6, 0, tzinfo=PARIS)

    assert appointments(opened)[-1] == datetime(2026, 11, 29, 6, 0, tzinfo=PARIS)
    assert appointments(opened - timedelta(seconds=1))[-1] == datetime(2026, 11, 28, 6, 0, tzinfo=PARIS)


def test_an_appointment_is_in_utc():
    assert {at.tzinfo for at in appointments(OPENED)} == {UTC}


@pytest.mark.parametrize("age", [timedelta(), timedelta(minutes=6), timedelta(days=7, seconds=-1)])
def test_while_payfip_is_in_trouble_it_is_asked_each_half_hour_of_the_first_week(age):
    assert next_check_after_trouble(OPENED, OPENED + age) == OPENED + age + timedelta(minutes=30)


@pytest.mark.parametrize("age", [timedelta(days=7), timedelta(days=100), timedelta(days=363)])
def test_then_each_morning_for_as_long_as_the_result_can_be_read(age):
    asked = next_check_after_trouble(OPENED, OPENED + age)

    assert timedelta() < asked - (OPENED + age) <= timedelta(hours=25)
    assert asked.astimezone(PARIS).time() == time(6)


def test_after_a_year_nobody_asks_any_more():
    assert next_check_after_trouble(OPENED, OPENED + timedelta(days=365)) is None
