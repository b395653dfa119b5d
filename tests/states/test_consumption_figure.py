"""The graph of a consumption: what is drawn, and what is said of each bar, which is what the table says."""

import json
from datetime import date
from typing import Any

import pytest
import reflex as rx

from portail_app.components import volume
from portail_app.services.consumption_charts import Bar, Chart, View
from portail_app.states.consumption_figure import figure_of, mean_in_words, unit_of
from tests.screens import shown

START, END = date(2026, 1, 1), date(2026, 6, 30)


def a_bar(litres: int | None, name: str = "1er semestre", **values: Any) -> Bar:
    return Bar(name[:3], name, START, END, **{"days": 181, **values}, litres=litres)


def a_chart(*bars: Bar, view: View = View.PERIODS, **values: Any) -> Chart:
    return Chart(view, "Consommation", bars, **values)


def drawn(*bars: Bar, **values: Any) -> dict[str, Any]:
    return json.loads(figure_of(a_chart(*bars, **values)))


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (one for one in figure["data"] if one["name"] == name)
    return found


@pytest.mark.parametrize("bars", [(), (a_bar(None),), (a_bar(None), a_bar(None))])
def test_where_nothing_is_known_nothing_is_drawn(bars):
    assert figure_of(a_chart(*bars)) == ""


def test_a_period_in_which_nothing_flowed_is_known():
    assert trace(drawn(a_bar(0)), "Consommation")["y"] == [0.0]


def test_what_is_not_known_is_a_gap_and_is_said_to_be_one():
    figure = drawn(a_bar(62_000), a_bar(None, "2e semestre"))

    assert trace(figure, "Consommation")["y"] == [62.0, None]
    assert figure["said"][1] == "2e semestre : aucune donnée"


def test_each_kind_of_reading_is_named_in_the_legend_where_there_is_one_of_it():
    figure = drawn(a_bar(1000, kind="estimee"), a_bar(2000, kind="relevee"), a_bar(None, kind="transmise"))

    assert [one["name"] for one in figure["data"]] == ["Relevée", "Estimée"]
    assert (trace(figure, "Estimée")["x"], trace(figure, "Relevée")["x"]) == ([0], [1])


def test_an_estimate_is_told_by_its_hatching_and_not_by_its_colour_alone():
    figure = drawn(a_bar(1000, kind="estimee"), a_bar(2000, kind="relevee"))

    assert trace(figure, "Estimée")["marker"]["pattern"]["shape"] == "/"
    assert "pattern" not in trace(figure, "Relevée")["marker"]


def test_the_year_before_stands_beside_what_has_one():
    figure = drawn(a_bar(62_000, litres_before=60_000), a_bar(58_000), a_bar(None, litres_before=0))
    before = trace(figure, "Un an avant")

    assert (before["x"], before["y"]) == ([0, 2], [60.0, 0.0])
    assert before["offsetgroup"] != trace(figure, "Consommation")["offsetgroup"]
    assert "Un an avant" not in [one["name"] for one in drawn(a_bar(1))["data"]]


@pytest.mark.parametrize(
    ("count", "mean", "is_drawn"), [(1, 60_000, False), (2, 60_000, True), (2, None, False), (2, 0, True)]
)
def test_a_mean_is_a_line_across_several_bars(count, mean, is_drawn):
    lines = [one for one in drawn(*[a_bar(60_000)] * count, mean=mean)["data"] if one["name"] == "Moyenne"]

    assert len(lines) == is_drawn
    if is_drawn:
        assert (lines[0]["x"], lines[0]["y"]) == ([-0.5, 1.5], [mean / 1000] * 2)


def test_bars_of_unequal_lengths_are_drawn_by_the_day():
    figure = drawn(a_bar(36_200), a_bar(9_000, days=90), a_bar(10, days=0), is_average=True, mean=150.4)

    assert trace(figure, "Consommation")["y"] == [200, 100, 10]
    assert trace(figure, "Moyenne")["y"] == [150, 150]


def test_days_are_drawn_in_litres():
    assert trace(drawn(a_bar(343, days=1), view=View.DAYS), "Consommation")["y"] == [343]


@pytest.mark.parametrize(
    ("view", "is_average", "unit", "mean"),
    [
        (View.PERIODS, False, "m³", "60 m³ en moyenne"),
        (View.YEARS, False, "m³", "60 m³ en moyenne"),
        (View.PERIODS, True, "L par jour", "60 400 L par jour en moyenne"),
        (View.DAYS, False, "L", "60 400 L en moyenne"),
    ],
)
def test_the_mean_is_said_in_the_unit_of_the_bars(view, is_average, unit, mean):
    chart = a_chart(a_bar(1), view=view, is_average=is_average, mean=60_400.4)

    assert unit_of(chart) == unit
    assert plain(mean_in_words(chart)) == mean
    assert mean_in_words(a_chart(a_bar(1), view=view)) == ""


@pytest.mark.parametrize(
    ("bar", "view", "words"),
    [
        (a_bar(62_000), View.PERIODS, "1er semestre : 62 m³, 343 L par jour"),
        (a_bar(62_000, litres_before=0), View.PERIODS, "1er semestre : 62 m³, 343 L par jour, un an avant : 0 m³"),
        (a_bar(62_000, kind="estimee"), View.PERIODS, "1er semestre : 62 m³, 343 L par jour, estimée"),
        (a_bar(343, days=1), View.DAYS, "1er semestre : 343 L"),
        (a_bar(1_343, days=1, litres_before=20), View.DAYS, "1er semestre : 1 343 L, un an avant : 20 L"),
        (a_bar(0, days=0), View.PERIODS, "1er semestre : 0 m³"),
    ],
)
def test_a_bar_is_said_in_words(bar, view, words):
    assert list(map(plain, drawn(bar, view=view)["said"])) == [words]


@pytest.mark.parametrize("litres", [0, 49, 50, 149, 150, 250, 349, 350, 450, 949, 950, 62_250, 1_234_550])
def test_the_words_round_a_volume_as_the_table_does(litres):
    (said,) = drawn(a_bar(litres, days=0))["said"]
    assert plain(said) == f"1er semestre : {shown(rx.el.p(volume(rx.Var.create(litres)))).words()}"


def test_labels_are_of_their_bars():
    axis = drawn(a_bar(1, "janvier"), a_bar(2, "février"))["layout"]["xaxis"]
    assert (axis["tickvals"], axis["ticktext"]) == ([0, 1], ["jan", "fév"])


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")
