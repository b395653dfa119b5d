"""The demonstration's town, put into the database once: written, imported, activated, in that order."""

import subprocess

import pytest

from portail_app.demo_data import town as preparing
from portail_app.demo_data.town import prepare_town
from portail_app.settings import settings


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """The commands that are run, instead of running them: each has tests of its own."""
    run: list[tuple[str, ...]] = []
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    settings.cache_clear()
    monkeypatch.setattr(preparing, "_portail", lambda *arguments: run.append(arguments))
    yield run
    monkeypatch.undo()
    settings.cache_clear()


def names(commands: list[tuple[str, ...]]) -> list[str]:
    return [arguments[0] for arguments in commands]


def test_files_are_written_imported_and_their_people_activated(commands, database, tmp_path):
    prepare_town()

    assert names(commands) == ["demo-data", "import", "demo-accounts", "demo-documents"]
    assert commands[0][1:] == ("--subscribers", "500", "--out", str(tmp_path / "demo" / "files"))
    assert commands[1][1:] == (str(tmp_path / "demo" / "files"),)


def test_a_second_start_makes_nothing_again(commands, database):
    prepare_town()
    prepare_town()
    assert len(commands) == 4


def test_another_database_is_filled_anew(commands, database, monkeypatch):
    prepare_town()
    monkeypatch.setattr(preparing, "_database_identity", lambda: "another")
    prepare_town()
    assert names(commands) == 2 * ["demo-data", "import", "demo-accounts", "demo-documents"]


def test_what_is_cut_short_is_begun_again(commands, database, monkeypatch):
    def fail(*arguments: str) -> None:
        commands.append(arguments)
        if arguments[0] == "import":
            raise RuntimeError("portail import a échoué")

    with monkeypatch.context() as broken:
        broken.setattr(preparing, "_portail", fail)
        with pytest.raises(RuntimeError, match="portail import a échoué"):
            prepare_town()
    prepare_town()

    assert names(commands) == ["demo-data", "import", "demo-data", "import", "demo-accounts", "demo-documents"]


def test_a_command_that_fails_is_told_with_all_that_it_said(monkeypatch):
    def failing(command, **how):
        return subprocess.CompletedProcess(command, 1, stdout="factures.csv\n", stderr="Error: disque plein\n")

    monkeypatch.setattr(subprocess, "run", failing)
    with pytest.raises(RuntimeError, match=r"portail import a échoué :\nfactures.csv\nError: disque plein"):
        preparing._portail("import", "files")


def test_a_database_is_known_by_more_than_its_address(database):
    identity = preparing._database_identity()
    assert identity == preparing._database_identity()
    assert identity.strip("()").count(",") == 1
