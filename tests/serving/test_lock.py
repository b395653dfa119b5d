"""What is tracked of the front end's lock stays as it is, byte for byte, whatever Reflex does at a first start."""

import importlib
import json

import pytest
from reflex.utils import frontend_skeleton

from portail_app.serving.npm import LOCKING, LOCKS
from portail_app.serving.plugins import LockedPackages

OWN_SPACING = {"indent": 2, "sort_keys": True}


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder as it comes from git, whose lock somebody has spaced in their own way; nothing is asked of a network."""
    lock = tmp_path / "reflex.lock"
    lock.mkdir()
    written = json.loads((LOCKS / "package.json").read_text())
    (lock / "package.json").write_text(json.dumps(written, **OWN_SPACING) + "\n")
    (lock / "package-lock.json").write_bytes((LOCKS / "package-lock.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://localhost:1")
    importlib.reload(frontend_skeleton)  # as Reflex brings it
    yield tmp_path
    importlib.reload(frontend_skeleton)
    LockedPackages()


def test_a_first_start_leaves_the_tracked_lock_as_it_is(clone):
    before = contents(clone)
    LockedPackages()

    frontend_skeleton.initialize_web_directory()

    assert contents(clone) == before
    made = json.loads((clone / ".web" / "package.json").read_text())
    assert made["dependencies"] == json.loads(before["package.json"])["dependencies"]


def test_reflex_by_itself_would_write_it_again(clone):
    before = contents(clone)

    frontend_skeleton.initialize_web_directory()

    assert contents(clone).keys() == before.keys()
    assert contents(clone)["package.json"] != before["package.json"]


def test_writing_the_lock_again_is_what_make_lock_is_for(clone, monkeypatch):
    monkeypatch.setenv(LOCKING, "1")
    before = contents(clone)
    LockedPackages()

    frontend_skeleton.initialize_web_directory()

    assert contents(clone)["package.json"] != before["package.json"]


def contents(clone) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((clone / "reflex.lock").iterdir())}
