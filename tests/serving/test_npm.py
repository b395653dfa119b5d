"""The front end's packages: those of the lock, and no others."""

import json

import pytest

from portail_app.serving import npm
from portail_app.serving.npm import install_locked_packages, node_environment


def test_a_page_that_needs_a_package_which_is_not_locked_is_refused():
    with pytest.raises(SystemExit, match=r"reflex.lock ne contient pas left-pad 1\.3\.0 : lancez make lock"):
        install_locked_packages({"left-pad@1.3.0"})


def test_a_page_that_needs_another_version_than_the_locked_one_is_refused():
    with pytest.raises(SystemExit, match=r"ne contient pas react 1\.0\.0"):
        install_locked_packages({"react@1.0.0"})


def test_every_missing_package_is_named_at_once():
    with pytest.raises(SystemExit, match=r"@example/one, two 2\.0\.0"):
        install_locked_packages({"@example/one", "two@2.0.0"})


def test_what_is_installed_already_is_not_installed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(npm, "WEB", tmp_path)
    ran = []
    monkeypatch.setattr(npm.subprocess, "run", lambda command, **_: ran.append(command))

    install_locked_packages(set())
    install_locked_packages(set())

    assert [command[:2] for command in ran] == [["npm", "ci"]]
    assert json.loads((tmp_path / "package.json").read_text())["name"] == "reflex"


def test_our_own_node_comes_before_any_other_on_the_machine():
    first = node_environment()["PATH"].partition(":")[0]

    assert first.endswith("/bin")
    assert first == str(npm.Path(npm.sys.executable).parent)


def test_no_address_of_a_registry_is_ever_written_into_the_lock():
    assert node_environment()["npm_config_omit_lockfile_registry_resolved"] == "true"
