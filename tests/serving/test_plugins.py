"""What the build changes in Reflex's own files: once, or not at all."""

import re

import pytest

from portail_app.serving import plugins
from portail_app.serving.plugins import OneAddress, SamePort

VITE = "  server: {\n    port: process.env.PORT,\n    hmr: true,\n"
STATE = "    endpoint.hostname = frontend_hostname;\n  }\n"


def test_the_websocket_goes_back_to_the_port_of_the_page():
    changed = _changed_by(SamePort(), STATE)

    assert "endpoint.hostname = frontend_hostname;\n    endpoint.port = window.location.port;" in changed


def test_a_file_that_was_changed_by_the_last_build_is_left_alone():
    once = _changed_by(SamePort(), STATE)

    assert _changed_by(SamePort(), once) == once


def test_a_reflex_that_has_changed_stops_the_build():
    with pytest.raises(RuntimeError, match="has changed"):
        _changed_by(SamePort(), "something else")
    with pytest.raises(RuntimeError, match="has changed"):
        _changed_by(OneAddress(), "something else")


@pytest.mark.parametrize(
    "path", ["/_event/?EIO=4", "/ping", "/session?ticket=a", "/deconnexion", "/demo/payfip/reglages", "/demo/courrier"]
)
def test_in_development_what_is_no_page_is_passed_on(path: str):
    assert any(re.search(rule, path) for rule in _rules())


@pytest.mark.parametrize("path", ["/", "/connexion", "/factures", "/factures/2017-020-002059", "/paiement/abc"])
def test_in_development_pages_are_served_by_vite(path: str):
    assert not any(re.search(rule, path) for rule in _rules())


def test_development_on_another_port_replaces_the_rules_of_the_last_one(monkeypatch):
    monkeypatch.setenv(plugins.BEHIND, "8001")
    first = _changed_by(OneAddress(), VITE)
    monkeypatch.setenv(plugins.BEHIND, "9001")
    second = _changed_by(OneAddress(), first)

    assert "127.0.0.1:9001" in second
    assert "127.0.0.1:8001" not in second


def _changed_by(plugin: object, text: str) -> str:
    tasks = []
    plugin.pre_compile(add_modify_task=lambda file, change: tasks.append(change))
    (change,) = tasks
    return change(text)


def _rules() -> list[str]:
    return [rule.replace("(?<", "(?P<") for rule in plugins._paths_behind()]
