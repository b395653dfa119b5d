"""The consumption graph: plotly's basic bundle, loaded by the pages that draw one and by no other.

Reflex's own component would bring Python's plotly for two templates, and every language of plotly's; this one takes a
figure as JSON and French alone. What it draws is said in words too, by finger, mouse and arrow keys (`graph.js`).
"""

import logging
from functools import cache
from pathlib import Path
from typing import Any

import reflex as rx
from reflex_base.components.tags import Tag
from reflex_base.utils.imports import ImportDict, ImportVar

from portail_app.components.basics.contents import Words

logging.getLogger("reflex_components_plotly.plotly").setLevel(logging.ERROR)  # it misses Python's plotly, we do not
from reflex_components_plotly.plotly import Plotly, PlotlyBasic  # type: ignore[import-untyped]  # noqa: E402

_SCRIPT = Path(__file__).with_suffix(".js")


class Graph(PlotlyBasic):
    """`figure` is what `figure_of` (states/consumption_figure.py) gives."""

    figure: rx.Var[str]

    @classmethod
    def create(cls, *children: Any, **props: Any) -> rx.Component:
        return super(Plotly, cls).create(*children, **props)

    def add_imports(self) -> ImportDict:
        return {"plotly.js-locales@3.7.0": ImportVar(tag="frenchPlotly", is_default=True, package_path="/fr")}

    def add_custom_code(self) -> list[str]:
        return [_script()]

    def _render(self) -> Tag:
        tag = super(Plotly, self)._render()
        return tag.remove_props("figure").set(special_props=[rx.Var(_js_expr=f"graphProps({self.figure!s})")])


def graph(figure: rx.Var[str], label: Words) -> rx.Component:
    """`label` says what is drawn; the same data must be in a table of the same page."""
    return rx.el.figure(
        rx.el.div(Graph.create(figure=figure), role="img", aria_label=label),
        rx.el.figcaption(
            "Touchez une barre, ou parcourez-les avec les flèches du clavier.",
            aria_live="polite",
            class_name="graph-said",
            custom_attrs={"data-graph-said": ""},
        ),
        class_name="graph",
        custom_attrs={"data-graph": ""},
    )


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")
