"""French formats on paper: what a French reader expects, character by character."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from portail_app.formats import (
    cubic_metres,
    day,
    euros,
    instant,
    litres,
    long_day,
    month,
    quantity,
    short_month,
    unit_price,
    vat_rate,
)

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (24311, f"243,11{WIDE}€"),
        (0, f"0,00{WIDE}€"),
        (5, f"0,05{WIDE}€"),
        (-5, f"-0,05{WIDE}€"),
        (-123456, f"-1{NARROW}234,56{WIDE}€"),
        (123456789012, f"1{NARROW}234{NARROW}567{NARROW}890,12{WIDE}€"),
    ],
)
def test_euros_have_a_comma_thin_spaces_and_never_break_before_the_sign(cents, text):
    assert euros(cents) == text


def test_no_cent_is_lost_by_a_float_on_the_way():
    drawn = random.Random(2017)
    for cents in (drawn.randint(-(10**12), 10**12) for _ in range(500)):
        digits = euros(cents).replace(NARROW, "").replace(f"{WIDE}€", "").replace(",", "")
        assert int(digits) == cents


def test_no_ordinary_space_lets_an_amount_or_a_volume_break_over_two_lines():
    for text in (
        euros(123456789),
        unit_price(Decimal("1234.5")),
        vat_rate(550),
        cubic_metres(12000),
        quantity(Decimal(12000)),
    ):
        assert " " not in text


@pytest.mark.parametrize(
    ("price", "text"),
    [("1.2345", "1,2345"), ("2", "2,00"), ("0.00123", "0,00123"), ("1.50000", "1,50"), ("-0.4", "-0,40")],
)
def test_a_unit_price_keeps_its_decimals_and_no_idle_zero(price, text):
    assert unit_price(Decimal(price)) == f"{text}{WIDE}€"


@pytest.mark.parametrize(
    ("count", "text"),
    [("120", "120"), ("120.000", "120"), ("0.5", "0,5"), ("1234.125", f"1{NARROW}234,125"), ("-3", "-3")],
)
def test_a_quantity_keeps_three_decimals_at_most(count, text):
    assert quantity(Decimal(count)) == text


def test_a_volume_is_in_cubic_metres():
    assert cubic_metres(128) == f"128{WIDE}m³"
    assert cubic_metres(Decimal("1128.5")) == f"1{NARROW}128,5{WIDE}m³"


@pytest.mark.parametrize(("basis_points", "text"), [(550, "5,5"), (1000, "10"), (2000, "20"), (210, "2,1"), (0, "0")])
def test_a_vat_rate_is_read_from_basis_points(basis_points, text):
    assert vat_rate(basis_points) == f"{text}{WIDE}%"


def test_a_day_is_written_as_on_a_french_bill():
    assert day(date(2017, 7, 10)) == "10/07/2017"
    assert day(date(2024, 2, 29)) == "29/02/2024"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (date(2017, 7, 10), "10 juillet 2017"),
        (date(2017, 8, 1), "1er août 2017"),
        (date(2017, 12, 11), "11 décembre 2017"),
        (date(2017, 2, 21), "21 février 2017"),
    ],
)
def test_a_long_day_names_its_month(written, text):
    assert long_day(written) == text


@pytest.mark.parametrize(
    ("utc", "text"),
    [
        (datetime(2017, 7, 10, 12, 5, tzinfo=UTC), f"10/07/2017 à{WIDE}14:05"),
        (datetime(2017, 1, 10, 12, 5, tzinfo=UTC), f"10/01/2017 à{WIDE}13:05"),
        (datetime(2017, 7, 31, 22, 30, tzinfo=UTC), f"01/08/2017 à{WIDE}00:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), f"25/10/2026 à{WIDE}02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), f"25/10/2026 à{WIDE}02:30"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), f"29/03/2026 à{WIDE}01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), f"29/03/2026 à{WIDE}03:00"),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), f"31/12/2026 à{WIDE}23:59"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), f"01/01/2027 à{WIDE}00:00"),
        (datetime(2026, 12, 31, 13, 0, tzinfo=timezone(-timedelta(hours=10))), f"01/01/2027 à{WIDE}00:00"),
    ],
)
def test_an_instant_is_shown_in_paris_in_summer_in_winter_and_over_midnight(utc, text):
    assert instant(utc) == text


def test_an_instant_without_a_zone_is_refused_rather_than_guessed():
    with pytest.raises(ValueError, match="aware"):
        instant(datetime(2017, 7, 10, 12, 5))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("written", "long", "short"),
    [
        (date(2026, 1, 31), "janvier 2026", "janv. 2026"),
        (date(2026, 2, 1), "février 2026", "févr. 2026"),
        (date(2026, 5, 1), "mai 2026", "mai 2026"),
        (date(2026, 8, 15), "août 2026", "août 2026"),
        (date(2026, 12, 31), "décembre 2026", "déc. 2026"),
    ],
)
def test_a_month_is_whole_in_a_sentence_and_short_under_a_bar(written, long, short):
    assert (month(written), short_month(written)) == (long, short)


@pytest.mark.parametrize(
    ("volume", "text"), [(0, "0"), (1, "1"), (999, "999"), (1250, f"1{NARROW}250"), (-1250, f"-1{NARROW}250")]
)
def test_litres_are_whole_with_thin_spaces_between_thousands(volume, text):
    assert litres(volume) == f"{text}{WIDE}L"


@pytest.mark.parametrize(
    ("written", "text"), [(date(2021, 1, 1), "1er janvier 2021"), (date(2021, 1, 21), "21 janvier 2021")]
)
def test_only_the_first_of_a_month_is_an_ordinal_whatever_its_year_ends_with(written, text):
    assert long_day(written) == text
