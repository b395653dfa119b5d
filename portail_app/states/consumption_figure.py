"""A chart as plotly's JSON: bars, the year before beside them, the mean across. Colours are names of our tokens, which
the browser replaces (components/water/graph.js); labels are short, and what each bar says in words goes with it."""

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from portail_app.formats import cubic_metres, litres
from portail_app.services.consumption_charts import Bar, Chart, View

Figure = dict[str, Any]
KINDS = {
    "": ("Consommation", ""),
    "relevee": ("Relevée", ""),
    "transmise": ("Transmise", "."),
    "telerelevee": ("Télérelevée", ""),
    "estimee": ("Estimée", "/"),
}
LINE = {"color": "--ink", "dash": "dot", "width": 2}


def figure_of(chart: Chart) -> str:
    """JSON text, which costs a state nothing to hold and to compare; empty where there is nothing to draw."""
    if not any(bar.litres is not None for bar in chart.bars):
        return ""
    traces = [*_year_before(chart), *_by_kind(chart), *_mean(chart)]
    figure = {"data": traces, "layout": _layout(chart), "said": [_said(chart, bar) for bar in chart.bars]}
    return json.dumps(figure, ensure_ascii=False, separators=(",", ":"))


def _by_kind(chart: Chart) -> list[Figure]:
    """One trace a kind of reading, so that the legend names them; estimates are hatched."""
    kinds = [kind for kind in KINDS if any(bar.kind == kind and bar.litres is not None for bar in chart.bars)]
    return [_bars(chart, kind, [place for place, bar in enumerate(chart.bars) if bar.kind == kind]) for kind in kinds]


def _bars(chart: Chart, kind: str, places: list[int]) -> Figure:
    name, pattern = KINDS[kind]
    marker: Figure = {"color": "--accent-fill"}
    if pattern:
        drawn = {"shape": pattern, "fgcolor": "--surface", "size": 7, "solidity": 0.3}
        marker["pattern"] = {"fillmode": "overlay", **drawn}  # over the bar's colour: else plotly leaves it out
    return _trace(name, places, [_value(chart, chart.bars[place].litres, chart.bars[place]) for place in places]) | {
        "marker": marker,
        "offsetgroup": "now",
    }


def _year_before(chart: Chart) -> list[Figure]:
    places = [place for place, bar in enumerate(chart.bars) if bar.litres_before is not None]
    if not places:
        return []
    values = [_value(chart, chart.bars[place].litres_before, chart.bars[place]) for place in places]
    return [_trace("Un an avant", places, values) | {"marker": {"color": "--line-strong"}, "offsetgroup": "before"}]


def _mean(chart: Chart) -> list[Figure]:
    if chart.mean is None or len(chart.bars) < 2:
        return []
    height = _scaled(chart, chart.mean)
    ends = {"x": [-0.5, len(chart.bars) - 0.5], "y": [height, height]}
    return [{"type": "scatter", "mode": "lines", "name": "Moyenne", "line": LINE, "hoverinfo": "skip", **ends}]


def _trace(name: str, places: list[int], values: list[float | None]) -> Figure:
    return {"type": "bar", "name": name, "x": places, "y": values, "hoverinfo": "none"}


def _layout(chart: Chart) -> Figure:
    """The browser leaves out the labels for which it has no room."""
    labels = {"tickvals": list(range(len(chart.bars))), "ticktext": [bar.label for bar in chart.bars]}
    return {
        "template": "none",
        "barmode": "group",
        "bargap": 0.25,
        "dragmode": False,
        "height": 340,
        "margin": {"l": 52, "r": 8, "t": 8, "b": 48},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {**labels, "fixedrange": True, "tickangle": 0},
        "yaxis": {"rangemode": "tozero", "fixedrange": True, "gridcolor": "--line"},
        "font": {"color": "--ink", "size": 14, "family": "Atkinson Hyperlegible Next, sans-serif"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def unit_of(chart: Chart) -> str:
    if chart.is_average:
        return "L par jour"
    return "L" if chart.view is View.DAYS else "m³"


def mean_in_words(chart: Chart) -> str:
    if chart.mean is None:
        return ""
    return f"{quantity_of(chart, chart.mean)} en moyenne"


def quantity_of(chart: Chart, value: float) -> str:
    """In the unit of the bars."""
    if chart.is_average:
        return f"{litres(round(value))} par jour"
    return litres(round(value)) if chart.view is View.DAYS else cubic_metres(round(value / 1000))


def _value(chart: Chart, flowed: int | None, bar: Bar) -> float | None:
    if flowed is None:
        return None
    return _scaled(chart, flowed / max(1, bar.days) if chart.is_average else flowed)


def _scaled(chart: Chart, value: float) -> float:
    in_litres = chart.is_average or chart.view is View.DAYS
    return round(value) if in_litres else round(value / 1000, 1)


def _said(chart: Chart, bar: Bar) -> str:
    """What a screen reader, a finger and the mouse are told of a bar."""
    if bar.litres is None:
        return f"{bar.name} : aucune donnée"
    parts = [f"{bar.name} : {_volume(chart, bar.litres)}"]
    if bar.litres_a_day is not None and chart.view is not View.DAYS:
        parts.append(f"{litres(round(bar.litres_a_day))} par jour")
    if bar.litres_before is not None:
        parts.append(f"un an avant : {_volume(chart, bar.litres_before)}")
    if bar.kind:
        parts.append(KINDS[bar.kind][0].lower())
    return ", ".join(parts)


def _volume(chart: Chart, flowed: int) -> str:
    """Rounded as the browser rounds it in the table."""
    tenths = Decimal(flowed).scaleb(-3).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return litres(flowed) if chart.view is View.DAYS else cubic_metres(tenths)
