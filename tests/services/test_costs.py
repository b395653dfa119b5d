"""What water costs: brackets, months, dated versions, and the cents of a bill."""

from datetime import date
from decimal import Decimal

import pytest

from models import TariffBasis, TariffLine
from portail_app.demo_data.bills import draw_lines, total_cents
from portail_app.demo_data.tariffs import rates_of
from portail_app.services.costs import cost_of, is_of_wastewater, months_of, version_on

HALF_YEAR = (date(2026, 1, 1), date(2026, 6, 30))
WATER = "Distribution de l’eau"
SEWER = "Collecte et traitement des eaux usées"


def rate(price: str, **values: object) -> TariffLine:
    usual = {"utility_id": 1, "tariff_code": "EAU", "starts_on": date(2026, 1, 1), "position": 1, "rubric": WATER}
    values = {"label": "Consommation", "months": 6, "vat_basis_points": 550, **usual, **values}
    return TariffLine(unit_price=Decimal(price), **values)


@pytest.mark.parametrize(
    ("values", "is_wastewater"),
    [
        ({"basis": TariffBasis.WASTEWATER, "label": "Redevance n° 7"}, True),
        ({"basis": TariffBasis.WATER, "label": "Contrôle d’assainissement compris"}, False),
        ({"basis": TariffBasis.WATER, "rubric": SEWER}, False),
        ({"rubric": SEWER}, True),
        ({"rubric": "Organismes publics", "label": "Modernisation des RÉSEAUX DE COLLECTE"}, True),
        ({"label": "Redevance n° 7"}, False),
    ],
)
def test_a_line_is_of_wastewater_as_the_tariff_tells_and_by_its_words_where_it_does_not(values, is_wastewater):
    line = rate("2.00", **values)

    assert is_of_wastewater(line) is is_wastewater
    (cost,) = cost_of([line], *HALF_YEAR, 100_000, wastewater_litres=40_000).lines
    assert cost.quantity == (40 if is_wastewater else 100)


def demo_version(year: int, has_sewer: bool = True) -> tuple[TariffLine, ...]:
    """The demonstration's tariff of a year, as it is imported."""
    return tuple(
        rate(
            str(Decimal(one.price).scaleb(-5)),
            starts_on=date(year, 1, 1),
            position=position,
            rubric=one.rubric,
            label=one.label,
            is_fixed=one.is_fixed,
            above_m3=one.above_m3,
            up_to_m3=one.up_to_m3,
            vat_basis_points=one.vat_basis_points,
        )
        for position, one in enumerate(rates_of(year, has_sewer), start=1)
    )


@pytest.mark.parametrize("year", [2022, 2024, 2025, 2026])
@pytest.mark.parametrize("has_sewer", [True, False])
def test_every_volume_costs_what_its_bill_says_to_the_cent(year: int, has_sewer: bool):
    """The cents of the demonstration's own bills, line by line, from nothing to a leak."""
    start, end = date(year, 7, 1), date(year, 12, 31)
    for volume_m3 in [*range(1, 130), 487, 1_250]:
        billed = draw_lines(end, volume_m3, has_sewer)
        cost = cost_of(demo_version(year, has_sewer), start, end, volume_m3 * 1000)

        assert [line.amount_cents for line in cost.lines] == [line.amount_cents for line in billed]
        assert cost.gross_cents == total_cents(billed)


def test_vat_is_rounded_once_for_each_rate_and_not_for_each_line():
    """Of 0.30 €, 1.65 cents make 2; of each 0.10 €, 0.55 cents would make 1, three times."""
    version = [rate("0.10", position=n) for n in range(3)]

    totals = cost_of(version, *HALF_YEAR, 1_000).totals

    assert (totals.net_cents, totals.vat_cents) == (30, 2)


def test_half_a_cent_is_rounded_up():
    assert cost_of([rate("0.00500")], *HALF_YEAR, 1_000).lines[0].amount_cents == 1
    assert cost_of([rate("0.00499")], *HALF_YEAR, 1_000).lines[0].amount_cents == 0


def test_each_bracket_has_its_own_part_of_the_volume():
    version = [rate("1", up_to_m3=60), rate("2", position=2, above_m3=60)]

    at_the_top, above = (cost_of(version, *HALF_YEAR, volume) for volume in (60_000, 61_999))

    assert [line.quantity for line in at_the_top.lines] == [60]
    assert [(line.quantity, line.amount_cents) for line in above.lines] == [(60, 6_000), (1, 200)]


def test_the_fixed_part_and_the_brackets_follow_the_months_of_the_period():
    version = [rate("12.00", is_fixed=True), rate("1", up_to_m3=60), rate("2", above_m3=60)]

    fixed, lower, higher = cost_of(version, date(2026, 1, 1), date(2026, 12, 31), 150_000).lines

    assert (fixed.quantity, fixed.amount_cents) == (2, 2_400)
    assert (lower.quantity, higher.quantity) == (120, 30)


def test_a_period_of_odd_days_is_shared_by_its_days():
    version = [rate("60.00", is_fixed=True)]

    line = cost_of(version, date(2026, 1, 1), date(2026, 2, 14), 0).lines[0]

    assert line.quantity == Decimal("0.246")
    assert line.amount_cents == 1_476


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), 6),
        (date(2024, 2, 1), date(2024, 2, 29), 1),
        (date(2025, 12, 15), date(2026, 12, 14), 12),
    ],
)
def test_whole_months_are_counted_as_such_whatever_their_days(start: date, end: date, months: int):
    assert months_of(start, end) == months


def test_the_fixed_part_is_told_apart_with_its_own_vat():
    version = [rate("10.00", is_fixed=True), rate("1.00", position=2)]

    cost = cost_of(version, *HALF_YEAR, 10_000)

    assert (cost.fixed_gross_cents, cost.gross_cents) == (1_055, 2_110)
    assert [share.basis_points for share in cost.totals.shares] == [550]


def test_only_whole_cubic_metres_are_billed_and_nothing_flows_for_nothing():
    assert [line.quantity for line in cost_of([rate("1")], *HALF_YEAR, 1_999).lines] == [1]
    assert cost_of([rate("1")], *HALF_YEAR, 999).lines == ()
    assert cost_of([], *HALF_YEAR, 60_000).gross_cents == 0


def test_the_version_of_a_day_is_the_last_that_has_started():
    older = [rate("1", starts_on=date(2025, 1, 1), position=2), rate("9", starts_on=date(2025, 1, 1), position=1)]
    newer = [rate("2", starts_on=date(2026, 1, 1))]

    assert [line.unit_price for line in version_on([*newer, *older], date(2025, 12, 31))] == [9, 1]
    assert [line.unit_price for line in version_on([*older, *newer], date(2026, 1, 1))] == [2]
    assert version_on([*older, *newer], date(2024, 12, 31)) == ()


def test_a_leak_takes_its_water_from_the_lines_of_wastewater_alone():
    version = [rate("1"), rate("2", position=2, rubric=SEWER, vat_basis_points=1000)]

    water, sewer = cost_of(version, *HALF_YEAR, 120_000, wastewater_litres=60_000).lines

    assert (water.quantity, sewer.quantity) == (120, 60)


def test_the_agencys_fees_on_drainage_are_of_wastewater():
    rates = demo_version(2024) + demo_version(2026)

    assert {one.label for one in rates if is_of_wastewater(one)} == {
        "Abonnement",  # of the sewer
        "Consommation",
        "Modernisation des réseaux de collecte",
        "Performance des systèmes d’assainissement collectif",
    }
    assert not any(is_of_wastewater(one) for one in rates if one.rubric == WATER)


@pytest.mark.parametrize("litres", [0, 999, 1_000, 59_999, 60_000, 60_999, 61_000, 100_000, 101_000, 5_000_000])
@pytest.mark.parametrize("end", [date(2026, 1, 31), date(2026, 3, 17), date(2026, 6, 30), date(2026, 12, 31)])
def test_brackets_that_touch_share_out_every_cubic_metre_once(litres: int, end: date):
    brackets = [
        rate("1.00", position=1, above_m3=0, up_to_m3=60),
        rate("2.00", position=2, above_m3=60, up_to_m3=100),
        rate("3.00", position=3, above_m3=100),
    ]
    lines = cost_of(brackets, date(2026, 1, 1), end, litres).lines

    assert sum(line.quantity for line in lines) == litres // 1000
    assert [line.unit_price for line in lines] == sorted(line.unit_price for line in lines)


def test_a_tariff_that_changes_within_the_period_is_the_one_of_its_last_day():
    lines = [rate("1.00"), rate("1.50", starts_on=date(2026, 6, 30)), rate("9.00", starts_on=date(2026, 7, 1))]
    start, end = HALF_YEAR

    (cost,) = cost_of(version_on(lines, end), start, end, 10_000).lines
    assert (cost.unit_price, cost.amount_cents) == (Decimal("1.50"), 1500)
    assert version_on(lines, date(2025, 12, 31)) == ()


def test_a_bracket_is_not_billed_before_a_whole_cubic_metre_is_in_it():
    brackets = [rate("1.00", up_to_m3=60), rate("2.00", position=2, above_m3=60)]

    assert len(cost_of(brackets, *HALF_YEAR, 60_999).lines) == 1
    assert [line.quantity for line in cost_of(brackets, *HALF_YEAR, 61_000).lines] == [60, 1]
