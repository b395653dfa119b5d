"""Every command of `portail`: its help in French, and one sentence where something is missing."""

import os
import subprocess
import sys

import click
import psycopg
import pytest
from click.testing import CliRunner, Result

from portail_app.cli import COMMANDS, main
from portail_app.cli.failures import explained
from portail_app.cli.import_failures import import_explained
from portail_app.errors import DiskFull, Refusal, Unavailable
from portail_app.gateways.archives import ArchiveRefused
from portail_app.serving.frontend import BuildFailed
from portail_app.serving.listening import PortTaken, claim
from portail_app.settings import settings
from tests.backend import free_port

NOWHERE = "postgresql://portail@127.0.0.1:1/absent"


def portail(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


def portail_apart(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As an operator starts it, with settings of its own."""
    command = [sys.executable, "-m", "portail_app.cli", *arguments]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_the_list_of_commands_is_in_french_and_says_what_each_does():
    result = portail("--help")

    assert result.exit_code == 0
    assert "Le portail des abonnés, en ligne de commande." in result.output
    shown = [line.split()[0] for line in result.output.partition("Commands:")[2].splitlines() if line.strip()]
    assert shown == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_in_one_sentence_and_in_full(name):
    command = main.get_command(click.Context(main), name)

    assert command.name == name
    assert command.short_help
    assert command.short_help[0].isupper()
    assert command.short_help.endswith(".")
    assert (command.help or "").strip()
    assert portail(name, "--help").exit_code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_says_what_it_is_for(name):
    command = main.get_command(click.Context(main), name)
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert all(option.help for option in options if option.name not in {"oui", "help"})


def test_a_command_that_does_not_exist_is_said_with_a_way_out():
    result = portail("sauvegarder")

    assert result.exit_code == 2
    assert "sauvegarder" in result.output


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (PortTaken(8000), "Le port 8000 est déjà pris. Choisissez-en un autre : PORT=8001"),
        (BuildFailed("La construction des pages a échoué"), "La construction des pages a échoué"),
        (ArchiveRefused("ce n’est pas une sauvegarde"), "ce n’est pas une sauvegarde"),
        (PermissionError("dossier fermé"), "dossier fermé"),
        (RuntimeError("PostgreSQL ne démarre pas"), "PostgreSQL ne démarre pas"),
        (psycopg.OperationalError("refused"), "La base de données ne répond pas : refused"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_an_operator_can_put_right_is_one_sentence(failure, said):
    with pytest.raises(click.ClickException) as told, explained():
        raise failure
    assert told.value.message == said
    assert told.value.__cause__ is failure


@pytest.mark.parametrize("bug", [KeyError("x"), ValueError("y"), psycopg.ProgrammingError("z")], ids=repr)
def test_a_bug_is_not_dressed_up_as_a_sentence(bug):
    with pytest.raises(type(bug)), explained():
        raise bug
    with pytest.raises((KeyError, ValueError, click.ClickException)), import_explained():
        raise bug


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Refusal("Un autre import est en cours."), "Un autre import est en cours."),
        (Unavailable(), Unavailable.sentence),
        (OSError(28, "No space left on device"), DiskFull.sentence),
        (psycopg.errors.DiskFull("could not extend file"), DiskFull.sentence),
        (OSError(5, "Input/output error"), "Fichier impossible à lire ou à ranger : [Errno 5] Input/output error. "),
        (psycopg.DataError("out of range\nLINE 1: COPY"), "La base de données a refusé l’import : out of range. "),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_import_that_stops_says_why_and_what_is_saved(failure, said):
    with pytest.raises(click.ClickException) as told, import_explained():
        raise failure
    assert told.value.message.startswith(said)
    assert "LINE 1" not in told.value.message
    if not isinstance(failure, Refusal) and told.value.message != DiskFull.sentence:
        assert told.value.message.endswith("Rien du fichier en cours n’a été enregistré.")


class TestMigrate:
    def test_it_says_that_the_database_is_up_to_date_and_twice_is_once(self, database):
        for _ in range(2):
            done = portail_apart("migrate", DATABASE_URL=database)
            assert (done.returncode, done.stdout) == (0, "La base de données est à jour.\n")

    def test_a_database_that_does_not_answer_is_a_sentence(self):
        failed = portail_apart("migrate", DATABASE_URL=NOWHERE)

        assert failed.returncode == 1
        assert failed.stderr.startswith("Error: ")
        assert "Traceback" not in failed.stderr


class TestServe:
    def test_several_processes_ask_for_redis(self, monkeypatch):
        monkeypatch.delenv("REDIS_URL", raising=False)
        settings.cache_clear()
        refused = portail("serve", "--workers", 2)

        assert refused.exit_code == 2
        assert "Plusieurs processus ont besoin de REDIS_URL, l’adresse d’un serveur Redis." in refused.output

    @pytest.mark.parametrize("workers", ["0", "-1", "deux"])
    def test_a_number_of_processes_that_is_none_is_refused(self, workers):
        assert portail("serve", "--workers", workers).exit_code == 2

    @pytest.mark.parametrize("command", ["serve", "demo", "dev"])
    def test_a_port_that_is_taken_is_said_before_anything_is_done(self, command, tmp_path):
        port = free_port()
        taken = claim("localhost", port)
        refused = portail_apart(command, PORT=str(port), PORTAL_DATA=str(tmp_path / "data"), DATABASE_URL=NOWHERE)
        for socket in taken:
            socket.close()

        assert refused.returncode == 1
        assert refused.stderr == f"Error: Le port {port} est déjà pris. Choisissez-en un autre : PORT={port + 1}\n"
        assert not (tmp_path / "data").exists()


class TestTheDemonstrationOnly:
    @pytest.mark.parametrize(
        ("command", "what"),
        [("demo-accounts", "ces comptes n’existent"), ("demo-documents", "ces documents n’existent")],
    )
    def test_what_is_known_by_everybody_is_never_made_in_a_real_portal(self, command, what):
        refused = portail_apart(command, PORTAL_DEMO="", DATABASE_URL=NOWHERE)

        assert refused.returncode == 1
        assert refused.stderr == f"Error: Refusé : {what} qu’en démonstration (PORTAL_DEMO=1).\n"


class TestRestore:
    def test_it_asks_before_it_replaces_anything(self, tmp_path):
        archive = tmp_path / "portail.zip"
        archive.write_bytes(b"not opened")
        declined = CliRunner().invoke(main, ["restore", str(archive)], input="n\n")

        assert declined.exit_code == 1
        assert "Les données actuelles seront remplacées par celles de la sauvegarde. Continuer ?" in declined.output

    def test_an_archive_that_is_not_there_is_said_at_once(self, tmp_path):
        missing = portail("restore", "--oui", tmp_path / "absent.zip")

        assert missing.exit_code == 2
        assert "absent.zip" in missing.output

    def test_a_folder_is_no_archive(self, tmp_path):
        assert portail("backup", tmp_path).exit_code == 2
        assert portail("restore", "--oui", tmp_path).exit_code == 2
