"""A full disk, under PostgreSQL and under our own files: said in words, nothing half-done, and good again with room."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from portail_app.database import execute_sql
from portail_app.errors import DiskFull, Unavailable
from portail_app.troubles import is_disk_full, unavailable_in_trouble
from tests.imports.desk import INVOICES

ROOM = 16 * 1024 * 1024 + 4096  # a whole segment of the write-ahead log, and less than a table of the import
ROWS = 12_000
SUBJECT = "x" * 1500
BALLAST = text("CREATE TABLE ballast AS SELECT md5(n::text) FROM generate_series(1, 400000) n")
SMALL, LARGE = b"%PDF-1.4 " + b"a" * 1000, b"%PDF-1.4 " + b"b" * 300_000


@pytest.fixture
def folder(tmp_path: Path, postgres) -> Path:
    (tmp_path / "collectivites.csv").write_text("collectivite;nom\npleine;Régie du lac\n")
    (tmp_path / "abonnes.csv").write_text("collectivite;abonne;nom\npleine;1;Damien\n")
    assert run_import(tmp_path, postgres).returncode == 0
    for path in tmp_path.glob("*.csv"):
        path.unlink()
    return tmp_path


def test_an_import_that_fills_the_database_s_disk_is_undone_whole_and_works_once_there_is_room(folder, postgres):
    rows = (f"pleine;1;P-{place};10/07/2017;21/07/2017;1,00;{SUBJECT}" for place in range(ROWS))
    (folder / "factures.csv").write_text("\n".join([f"{INVOICES};objet", *rows]))
    with postgres.without_room(ROOM):
        done = run_import(folder, postgres)

    assert done.returncode == 1
    assert DiskFull.sentence in plain(done.stderr)
    assert "Traceback" not in done.stderr
    assert count(postgres) == 0

    assert run_import(folder, postgres).returncode == 0
    assert count(postgres) == ROWS


def test_a_file_that_finds_no_room_is_reported_and_the_others_are_stored(folder, postgres):
    (folder / "factures.csv").write_text(
        f"{INVOICES}\npleine;1;F-1;10/07/2017;21/07/2017;1,00\npleine;1;F-2;10/07/2017;21/07/2017;1,00\n"
    )
    (folder / "F-1.pdf").write_bytes(SMALL)
    (folder / "F-2.pdf").write_bytes(LARGE)
    done = run_import(folder, postgres, largest_file=200_000)

    assert done.returncode == 1
    assert DiskFull.sentence in plain(done.stdout)
    assert stored(folder) == [len(SMALL)]
    assert attached(postgres) == 1

    assert run_import(folder, postgres).returncode == 0
    assert stored(folder) == [len(SMALL), len(LARGE)]
    assert attached(postgres) == 2


async def test_what_people_do_meanwhile_is_undone_and_answered_in_words(desk, postgres):
    with postgres.without_room(ROOM), pytest.raises(Unavailable):
        await fill(desk)
    with pytest.raises(psycopg.errors.UndefinedTable):
        postgres.run("SELECT count(*) FROM ballast")

    await fill(desk)
    postgres.run("DROP TABLE ballast")


@pytest.mark.parametrize("error", [psycopg.errors.DiskFull(), OSError(errno.ENOSPC, ""), OSError(errno.EDQUOT, "")])
def test_a_full_disk_is_known_through_what_wraps_it(error):
    wrapped = RuntimeError("while writing")
    wrapped.__cause__ = error

    assert is_disk_full(wrapped)
    assert not is_disk_full(RuntimeError())
    assert not is_disk_full(OSError(errno.ENOENT, ""))


async def fill(desk):
    with unavailable_in_trouble():
        async with desk() as session:
            await execute_sql(session, BALLAST)


def run_import(folder, postgres, largest_file=resource.RLIM_INFINITY):
    return subprocess.run(
        [sys.executable, "-m", "portail_app.cli", "import", str(folder)],
        env={**os.environ, "DATABASE_URL": postgres.url, "PORTAL_DATA": str(folder / "data"), "COLUMNS": "300"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file)),
        capture_output=True,
        text=True,
    )


def plain(said):
    return " ".join(said.split())


def stored(folder):
    """The sizes of all files in the store, temporary ones included."""
    return sorted(path.stat().st_size for path in (folder / "data" / "files").rglob("*") if path.is_file())


def count(postgres):
    return postgres.run("SELECT count(*) FROM invoice WHERE number LIKE 'P-%%'")[0][0]


def attached(postgres):
    return postgres.run("SELECT count(*) FROM invoice WHERE number LIKE 'F-%%' AND pdf_key IS NOT NULL")[0][0]
