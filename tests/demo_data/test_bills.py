"""A bill adds up: lines, brackets, rates, rounding."""

from datetime import date

import pytest

from portail_app.demo_data.bills import Line, credit_lines, draw_lines, total_cents
from portail_app.demo_data.cast import MULTI_SERVICES
from portail_app.demo_data.cells import day_cell, euros_cell, price_cell, rate_cell, truth_cell
from portail_app.demo_data.tariffs import DISTRIBUTION, PUBLIC_BODIES, WASTEWATER, rates_of


def labels(year: int) -> set[str]:
    return {rate.label for rate in rates_of(year, has_sewer=True)}


def test_the_manuals_invoice_amounts_to_243_11():
    assert MULTI_SERVICES.amount_cents == 24311
    assert total_cents(MULTI_SERVICES.lines) == 24311


def test_a_bill_has_the_three_rubrics_in_their_order():
    rubrics = [line.rubric for line in draw_lines(date(2026, 4, 30), 60, has_sewer=True)]

    assert list(dict.fromkeys(rubrics)) == [DISTRIBUTION, WASTEWATER, PUBLIC_BODIES]


def test_a_bill_has_fixed_and_variable_parts():
    lines = draw_lines(date(2026, 4, 30), 60, has_sewer=True)

    assert {line.label for line in lines if line.unit == "semestre"} == {"Abonnement"}
    assert {line.quantity for line in lines if line.unit == "m³"} == {60}


@pytest.mark.parametrize(("volume", "brackets"), [(10, [10]), (60, [60]), (61, [60, 1]), (300, [60, 240])])
def test_water_is_billed_by_bracket(volume: int, brackets: list[int]):
    lines = draw_lines(date(2026, 4, 30), volume, has_sewer=True)

    assert [
        line.quantity for line in lines if line.label.startswith("Consommation ") and "m³" in line.label
    ] == brackets


def test_a_year_of_120_m3_costs_between_4_and_4_50_euros_a_cubic_metre():
    half_year = total_cents(draw_lines(date(2026, 4, 30), 60, has_sewer=True))

    assert 400 <= 2 * half_year / 120 <= 450


def test_without_a_sewer_only_the_control_is_billed():
    lines = draw_lines(date(2026, 4, 30), 60, has_sewer=False)

    assert [line.label for line in lines if line.rubric == WASTEWATER] == ["Contrôle de l’assainissement non collectif"]


def test_the_agencys_fees_changed_in_2025():
    assert "Lutte contre la pollution" in labels(2024) - labels(2025)
    assert {
        "Consommation d’eau potable",
        "Performance des réseaux d’eau potable",
        "Performance des systèmes d’assainissement collectif",
    } <= labels(2025) - labels(2024)


def test_prices_rise_with_the_years():
    assert rates_of(2023, has_sewer=True)[0].price < rates_of(2026, has_sewer=True)[0].price == 2_310_000


def test_vat_is_rounded_once_for_each_rate():
    line = Line(DISTRIBUTION, "Abonnement", 1, "semestre", 10_000, 10, 550)

    assert total_cents([line]) == 11
    assert total_cents([line] * 3) == 30 + 2
    assert total_cents([line._replace(vat_basis_points=0)] * 3) == 30


def test_a_credit_note_gives_back_what_was_taken():
    lines = draw_lines(date(2026, 4, 30), 60, has_sewer=True)

    back = credit_lines(lines, 60)

    assert {line.unit for line in back} == {"m³"}
    assert total_cents(back) == -total_cents(line for line in lines if line.unit == "m³")


def test_cells_follow_french_conventions():
    assert day_cell(date(2017, 7, 10)) == "10/07/2017"
    assert day_cell(None) == ""
    assert [euros_cell(cents) for cents in (24311, 5, -5, -1250, 0)] == ["243,11", "0,05", "-0,05", "-12,50", "0,00"]
    assert price_cell(124_500) == "1,24500"
    assert [rate_cell(points) for points in (550, 1000, 0)] == ["5,5", "10", "0"]
    assert [truth_cell(True), truth_cell(False)] == ["oui", "non"]
