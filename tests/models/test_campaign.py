"""A campaign is open on its first day and on its last, and not once it is stopped; no page knows who launched it."""

from datetime import date

import pytest

from models import ReadingCampaign
from tests.factories import NOW

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 20)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2026, 11, 30), False), (FIRST, True), (LAST, True), (date(2026, 12, 21), False)],
)
def test_a_campaign_is_open_on_its_first_day_and_on_its_last(day, is_open):
    assert ReadingCampaign(opens_on=FIRST, closes_on=LAST).is_open_on(day) is is_open


def test_a_campaign_that_was_stopped_is_open_no_more():
    assert not ReadingCampaign(opens_on=FIRST, closes_on=LAST, stopped_at=NOW).is_open_on(FIRST)


def test_who_launched_a_campaign_goes_to_no_page():
    assert "launched_by" not in ReadingCampaign(launched_by=7).model_dump()
