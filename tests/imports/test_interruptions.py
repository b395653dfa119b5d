"""An import that dies leaves nothing half-done, and the next one finishes its work."""

import signal
import subprocess
import sys
import time

import pytest
from psycopg import Connection

from portail_app.errors import Refusal
from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk, Outcome

NUMBERS = [f"2018-020-{place:06}" for place in range(30)]
ROWS = [ALICES_INVOICE.replace("2017-020-002059", number) for number in NUMBERS]
MEGABYTES_OF_GROWTH = 10


@pytest.fixture
def full_desk(town_hall: Desk) -> Desk:
    town_hall.write("abonnes.csv", "collectivite;abonne;nom", "demo;100003;Chloé Durand")
    town_hall.write("factures.csv", INVOICES, *ROWS)
    for number in NUMBERS[:3]:
        town_hall.write_bytes(f"{number}.pdf", b"%PDF-1.4 " + number.encode())
    return town_hall


def kill_after(desk: Desk, step: str) -> None:
    arguments = [desk.url, str(desk.folder), str(desk.store.folder), step]
    died = subprocess.run([sys.executable, "-m", "tests.imports.killed_import", *arguments], check=False)
    assert died.returncode == -signal.SIGKILL


def run_again(desk: Desk) -> Outcome:
    """The server lets go of the dead import's lock when it notices."""
    for _ in range(100):
        try:
            return desk.run()
        except Refusal:
            time.sleep(0.1)
    raise AssertionError("the lock outlives the killed import")


def state(rows: Connection) -> tuple[int, int, int]:
    found = rows.execute(
        "SELECT (SELECT count(*) FROM subscriber) AS subscribers, count(*) AS invoices, count(pdf_key) AS pdfs"
        " FROM invoice"
    ).fetchone()
    return found["subscribers"], found["invoices"], found["pdfs"]


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("portail_app.imports.sheet_files:import_sheet", (3, 0, 0)),
        ("portail_app.imports.csv_files:stage", (2, 0, 0)),
        ("portail_app.imports.csv_files:_upsert", (2, 0, 0)),
        ("portail_app.gateways.file_store:write_durably", (3, 30, 0)),
        ("portail_app.imports.pdf_files:_import_batch", (3, 30, 0)),
    ],
)
def test_a_file_is_imported_whole_or_not_at_all(
    full_desk: Desk, rows: Connection, step: str, left: tuple[int, int, int]
):
    kill_after(full_desk, step)
    after_death = state(rows)

    outcome = run_again(full_desk)

    assert after_death == left
    assert outcome.refused == []
    assert state(rows) == (3, 30, 3)
    assert run_again(full_desk).counts("factures.csv") == (30, 0, 0, 30, 0)


def test_a_row_that_names_a_file_is_never_ahead_of_the_disk(full_desk: Desk, rows: Connection):
    kill_after(full_desk, "portail_app.imports.runs:import_pdfs")

    named = rows.execute("SELECT number, pdf_key FROM invoice WHERE pdf_key IS NOT NULL").fetchall()

    assert len(named) == 3
    for row in named:
        assert full_desk.store.path_of(row["pdf_key"]).read_bytes() == b"%PDF-1.4 " + row["number"].encode()


def peak_megabytes(desk: Desk) -> int:
    command = [sys.executable, "-m", "tests.imports.measured_import", desk.url, str(desk.folder)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.parametrize(
    "row", [ALICES_INVOICE, "demo;999999;F2017-020-002059;10/07/2017;21/07/2017;1,00", "de travers"]
)
def test_memory_does_not_grow_with_the_file(town_hall: Desk, row: str):
    town_hall.write("factures.csv", INVOICES, *(row.replace("002059", f"{place:06}") for place in range(100)))
    small = peak_megabytes(town_hall)
    town_hall.write("factures.csv", INVOICES, *(row.replace("002059", f"{place:06}") for place in range(20_000)))

    assert peak_megabytes(town_hall) < min(small + MEGABYTES_OF_GROWTH, 300)
