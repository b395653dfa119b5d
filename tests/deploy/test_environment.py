"""The virtual environment: made from the locks, remade when cut short, left alone otherwise."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from portail_app.settings import ROOT


@pytest.fixture
def environment(tmp_path: Path, monkeypatch) -> ModuleType:
    """The installer, on a clone of its own whose installations are noted instead of made."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "deploy" / "environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.steps = []
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module, "LOCKS", {name: tmp_path / f"{name}.lock" for name in ("runtime", "tests")})
    monkeypatch.setattr(module, "install", lambda *arguments: module.steps.append(arguments[0]))
    monkeypatch.setattr(module, "make_environment", lambda: _make(module))
    for lock in module.LOCKS.values():
        lock.write_text("reflex==0.10.1")
    return module


def test_what_is_installed_is_not_installed_again(environment: ModuleType):
    environment.ensure("runtime")
    environment.steps.clear()

    environment.ensure("runtime")

    assert environment.steps == []


def test_dependencies_are_installed_with_their_hashes_and_the_project_with_nothing_more(environment: ModuleType):
    environment.ensure("runtime")

    assert environment.steps == ["made", "--require-hashes", "--no-deps"]


def test_a_changed_lock_makes_the_environment_anew(environment: ModuleType):
    environment.ensure("runtime")
    environment.LOCKS["runtime"].write_text("reflex==0.10.2")
    environment.steps.clear()

    environment.ensure("runtime")

    assert environment.steps[0] == "made"


def test_an_installation_that_was_cut_short_is_begun_anew(environment: ModuleType, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr(environment, "install", _killed)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure("runtime")
    environment.steps.clear()

    environment.ensure("runtime")

    assert environment.steps[0] == "made"


def test_the_tests_add_to_what_is_served_and_do_not_make_it_again(environment: ModuleType):
    environment.ensure("runtime")
    environment.steps.clear()

    environment.ensure("tests")

    assert "made" not in environment.steps
    assert "--require-hashes" in environment.steps


def test_an_ordinary_user_without_the_tests_programs_is_told_what_to_install(
    environment: ModuleType, monkeypatch, capsys
):
    monkeypatch.setattr(environment, "PROGRAMS", {name: Path("/nowhere") / name for name in environment.PROGRAMS})
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as refused:
        environment.ensure_programs()

    assert refused.value.code == 1
    assert "sudo apt-get install chromium" in capsys.readouterr().err


def test_a_python_that_is_too_old_is_refused_in_one_sentence(environment: ModuleType, monkeypatch, capsys):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 18))

    with pytest.raises(SystemExit):
        environment.main("runtime")

    assert "Python 3.11 ou plus récent est nécessaire" in capsys.readouterr().err


def _make(module: ModuleType) -> None:
    module.steps.append("made")
    module.ENVIRONMENT.mkdir(exist_ok=True)


def _killed(*arguments: str) -> None:
    raise KeyboardInterrupt
