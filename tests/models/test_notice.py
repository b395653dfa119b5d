"""When a notice is shown: from its first day to its last, both of them too, unless it was withdrawn."""

from datetime import date, timedelta

import pytest

from models import Notice
from tests.factories import NOW

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 2)
DAY = timedelta(days=1)


def notice(**values) -> Notice:
    return Notice(title="Coupure d’eau", body="Jeudi.", starts_on=FIRST, **values)


@pytest.mark.parametrize(
    ("day", "is_shown"), [(FIRST - DAY, False), (FIRST, True), (FIRST + DAY, True), (LAST, True), (LAST + DAY, False)]
)
def test_it_is_shown_from_its_first_day_to_its_last(day, is_shown):
    assert notice(ends_on=LAST).shows_on(day) is is_shown


def test_a_notice_of_one_day_is_shown_that_day():
    one_day = notice(ends_on=FIRST)
    assert [one_day.shows_on(FIRST + n * DAY) for n in (-1, 0, 1)] == [False, True, False]


def test_without_a_last_day_it_stays():
    assert notice().shows_on(FIRST + 5000 * DAY)
    assert not notice().shows_on(FIRST - DAY)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_once_withdrawn_it_is_shown_no_more_whatever_its_days(day):
    assert not notice(ends_on=LAST, withdrawn_at=NOW).shows_on(day)


def test_it_is_shown_over_the_page_unless_staff_say_otherwise():
    assert notice().is_important
