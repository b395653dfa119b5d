"""`portail import`, as an operator types it."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from psycopg import Connection

from portail_app.cli import COMMANDS, main
from portail_app.imports.import_lock import LOCK
from tests.imports.conftest import desk, rows, town_hall  # noqa: F401  the same desk, seen from the command line
from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk


def portail(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def numbers(output: str, file: str) -> list[str]:
    """The counts in the line of the table about that file."""
    line = next(line for line in output.splitlines() if file in line and "│" in line)
    return [cell.strip() for cell in line.split("│")[3:-1]]


def test_it_counts_what_it_did(town_hall: Desk):  # noqa: F811
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)

    result = portail("import", town_hall.folder)

    assert result.exit_code == 0
    assert all(word in result.output for word in ("lues", "nouvelles", "modifiées", "inchangées", "refusées"))
    assert numbers(result.output, "factures.csv") == ["1", "1", "0", "0", "0"]


def test_a_second_import_says_that_nothing_changed(town_hall: Desk):  # noqa: F811
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)
    portail("import", town_hall.folder)

    result = portail("import", town_hall.folder)

    assert "Rien n’a changé : tout était déjà enregistré." in result.output
    assert numbers(result.output, "factures.csv") == ["1", "0", "0", "1", "0"]


def test_refusals_are_told_in_words_and_by_the_exit_status(town_hall: Desk, tmp_path: Path):  # noqa: F811
    town_hall.write("factures.csv", INVOICES, "demo;100001;[F1];32/07/2017;21/07/2017;1,00", ALICES_INVOICE)
    report = tmp_path / "refus.csv"

    result = portail("import", "--rapport", report, town_hall.folder)

    assert result.exit_code == 1
    assert "factures.csv, ligne 2 : date « 32/07/2017 » : date illisible (attendu : 10/07/2017" in result.output
    assert f"Tous les refus sont dans {report}" in result.output
    assert "32/07/2017" in report.read_text(encoding="utf-8-sig")


def test_only_the_first_refusals_are_shown(town_hall: Desk):  # noqa: F811
    town_hall.write("factures.csv", INVOICES, *["de travers"] * 10)

    result = portail("import", "--refus", 3, town_hall.folder)

    assert result.output.count("1 colonnes au lieu de 6") == 3
    assert "… et 7 autres refus." in result.output


def test_a_rehearsal_says_so(town_hall: Desk, rows: Connection):  # noqa: F811
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)

    result = portail("import", "--dry-run", town_hall.folder)

    assert result.exit_code == 0
    assert "Essai : rien n’a été enregistré" in result.output
    assert numbers(result.output, "factures.csv") == ["1", "1", "0", "0", "0"]
    assert rows.execute("SELECT count(*) AS rows FROM invoice").fetchone() == {"rows": 0}


def test_another_import_is_a_sentence_not_a_traceback(town_hall: Desk, database: str):  # noqa: F811
    with psycopg.connect(database) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        result = portail("import", town_hall.folder)

    assert result.exit_code == 1
    assert (
        result.output.strip()
        == "Error: Un autre import est en cours. Attendez qu’il se termine, puis relancez celui-ci."
    )


def test_what_is_no_file_is_said_at_once(tmp_path: Path):
    result = portail("import", tmp_path / "absent.csv")

    assert result.exit_code == 2
    assert "absent.csv" in result.output


def test_a_report_that_cannot_be_written_stops_before_the_import(town_hall: Desk, rows: Connection):  # noqa: F811
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)

    result = portail("import", "--rapport", town_hall.root / "absent" / "refus.csv", town_hall.folder)

    assert "Le rapport ne peut pas être écrit" in result.output
    assert rows.execute("SELECT count(*) AS rows FROM invoice").fetchone() == {"rows": 0}


def test_a_database_that_does_not_answer_is_a_sentence(town_hall: Desk):  # noqa: F811
    environment = {"DATABASE_URL": "postgresql://localhost:1/absent", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "portail_app.cli", "import", str(town_hall.folder)]

    died = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert died.returncode == 1
    assert died.stderr.startswith("Error: La base de données a refusé l’import")
    assert "Traceback" not in died.stderr


def test_no_bar_is_drawn_where_there_is_no_terminal(town_hall: Desk):  # noqa: F811
    result = portail("import", town_hall.folder)

    assert result.stderr == ""


@pytest.mark.parametrize("name", ["import", "demo-data"])
def test_the_commands_are_known_by_name(name: str):
    assert name in COMMANDS
    assert "Usage" in portail(name, "--help").output


def test_the_import_does_not_load_the_web_application():
    probe = "import sys, portail_app.cli.import_; assert 'reflex' not in sys.modules"

    subprocess.run([sys.executable, "-c", probe], check=True)
