"""Who may trigger what is written on every handler; what Reflex adds of its own is known, and why it can do no harm."""

import subprocess
import sys
from pathlib import Path

import pytest
from reflex_base.registry import RegistrationContext

from portail_app.states.access import Access
from tests.security.handlers import ours, registered

ROOT = Path(__file__).parents[2]
LET_IN = {
    "hydrate_and_load": "sends a tab its own state; of its arguments, only hashes of defaults get through the door",
    "on_load_internal": "runs the loaders of the page that the tab is on, each of which declares its access",
    "handle_frontend_exception": "writes a line into the log: shortened, cleaned and counted by Reflex's client_error",
}
REFUSED_AT_THE_DOOR = {
    "hydrate": "sends a tab its own state",
    "set_is_hydrated": "sets a flag of the tab itself; sent by Reflex to itself, never by a page",
    "setvar": "calls a method named set_...: there is none but set_is_hydrated",
    "update_vars_internal": "writes vars kept in the browser: there is none",
}


def test_every_handler_declares_its_access():
    undeclared = [handler.name for handler in ours() if handler.access not in set(Access)]
    assert undeclared == []
    assert len(ours()) >= 20


def test_every_handler_of_reflexs_own_is_known_here_with_the_reason_why_it_is_harmless():
    names = {handler.name.rpartition(".")[2] for handler in registered() if not handler.is_ours}
    assert names == LET_IN.keys() | REFUSED_AT_THE_DOOR.keys()


def test_the_door_lets_in_of_reflexs_own_what_pages_send_and_no_more():
    from portail_app.states.messages import OF_THE_PAGE

    assert {name.rpartition(".")[2] for name in OF_THE_PAGE} == LET_IN.keys()


def test_a_handler_that_takes_the_viewer_does_not_let_the_browser_name_it():
    assert [handler.name for handler in ours() if "viewer" in handler.parameters] == []


def test_every_argument_says_what_it_is():
    vague = [f"{h.name}({name})" for h in ours() for name, kind in h.parameters.items() if kind is object or not kind]
    assert vague == []


def test_no_state_of_ours_can_be_set_by_name_nor_is_kept_in_the_browser():
    for state in RegistrationContext.get().base_states.values():
        setters = [name for name in state.event_handlers if name.startswith("set_") and name != "set_is_hydrated"]
        stored = [name for name in state.base_vars if state._is_client_storage(name)]
        assert (setters, stored) == ([], []), state.get_full_name()


def test_reflex_opens_no_other_way_in():
    """An upload's widget would add a route that takes files, and one that serves them to everybody."""
    from portail_app.portail_app import app

    assert {route.path for route in app._api.routes} == {"/ping", "/_health", "/_event"}


@pytest.mark.parametrize(
    "line",
    [
        "rx.event(print)",
        "rx.session()",
        "rx.Model()",
        "from reflex import event",
        "from reflex.event import event",
    ],
)
def test_the_linter_refuses_what_goes_round_the_guards(line):
    source = f'"""A state."""\n\nimport reflex as rx\n\n{line}\n'
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", "portail_app/states/new.py", "-"]
    answer = subprocess.run(command, input=source, capture_output=True, text=True, cwd=ROOT)
    assert "TID251" in answer.stdout


def test_the_import_contracts_refuse_reflex_where_rules_and_facts_are(tmp_path):
    breaches = {
        "models/billing/invoice.py": "import reflex",
        "portail_app/services/invoices.py": "import portail_app.states.clock",
        "portail_app/gateways/smtp.py": "import reflex_base",
        "portail_app/errors.py": "import reflex",
        "portail_app/viewer.py": "import portail_app.services.invoices",
    }
    for package in ("models", "portail_app", "pages"):
        copy_sources(ROOT / package, tmp_path / package)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for path, line in breaches.items():
        with (tmp_path / path).open("a") as module:
            module.write(f"\n\ndef _breach() -> None:\n    {line}\n")

    linter = Path(sys.executable).parent / "lint-imports"
    answer = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, cwd=tmp_path)

    assert answer.returncode == 1
    for path in breaches:
        module = path.removesuffix(".py").replace("/", ".")
        assert f"{module} -> " in answer.stdout, f"{module} may import what it must not"


def copy_sources(source: Path, target: Path) -> None:
    for module in source.rglob("*.py"):
        copy = target / module.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(module.read_text())
