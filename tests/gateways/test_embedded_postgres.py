"""The PostgreSQL that comes with the portal: shared, stopped with its last user, back after any crash."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from portail_app.gateways.postgres_account import ServerAccount
from portail_app.gateways.postgres_programs import postgres_programs
from portail_app.settings import ROOT

USER = """
import sys
from pathlib import Path
from portail_app.gateways.embedded_postgres import start_embedded_postgres
print(start_embedded_postgres(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


class User:
    """A process that uses the server of a folder until it leaves or is killed."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def url(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def leave(self) -> None:
        self._process.communicate()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Not pytest's own temporary folder, which each run of pytest closes to other accounts again."""
    place = Path(tempfile.mkdtemp(prefix="embedded-", dir=ROOT / "build"))
    yield place
    for folder in place.rglob("postgres"):
        for process in _servers(folder):
            process.kill()
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def folder(place: Path) -> Path:
    return place / "shared" / "postgres"


def test_rows_are_there_again_after_a_stop(folder: Path):
    first = User(folder)
    with psycopg.connect(first.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    first.leave()
    assert _servers(folder) == []

    second = User(folder)
    with psycopg.connect(second.url()) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)
    second.leave()


def test_the_server_stops_with_its_last_user_only(folder: Path):
    first, second = User(folder), User(folder)
    assert first.url() == second.url()

    first.leave()
    assert _servers(folder)
    second.leave()
    assert _servers(folder) == []


def test_a_killed_user_does_not_keep_the_server_running_for_ever(folder: Path):
    killed = User(folder)
    killed.url()
    killed.kill()
    assert _servers(folder), "the orphan runs until somebody comes"

    next_one = User(folder)
    next_one.url()
    next_one.leave()
    assert _servers(folder) == []


def test_a_killed_server_starts_again_with_what_was_committed(folder: Path):
    killed = User(folder)
    with psycopg.connect(killed.url()) as connection:
        connection.execute("CREATE TABLE committed AS SELECT 2 AS n")
    for process in _servers(folder):
        os.kill(process.pid, signal.SIGKILL)
    killed.kill()

    next_one = User(folder)
    with psycopg.connect(next_one.url()) as connection:
        assert connection.execute("SELECT n FROM committed").fetchone() == (2,)
    next_one.leave()


def test_a_killed_server_whose_number_another_process_has_now_starts_again(folder: Path):
    stale = folder / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{folder}\n0\n5432\n{folder}\n\n0 0\nready\n")
    os.chown(stale, folder.stat().st_uid, folder.stat().st_gid)

    user = User(folder)
    psycopg.connect(user.url()).close()
    user.leave()


def test_a_first_start_cut_short_is_begun_anew(place: Path):
    folder = place / "cut" / "postgres"
    killed = User(folder)
    _wait_for(lambda: any(folder.parent.glob("postgres.new-*/base")))
    killed.kill()
    assert not folder.exists()

    user = User(folder)
    psycopg.connect(user.url()).close()
    user.leave()


def test_a_long_path_gets_a_short_and_private_socket(place: Path):
    folder = place / ("a-very-long-name-" * 6) / "postgres"

    user = User(folder)
    url = user.url()
    psycopg.connect(url).close()
    sockets = Path(url.partition("host=")[2])
    assert sockets.stat().st_mode & 0o077 == 0
    user.leave()


def test_nobody_but_its_owner_enters_the_data_folder(folder: Path):
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.stat().st_uid != 0, "PostgreSQL refuses to be run by root"


def test_the_programs_of_backups_come_with_it():
    assert {"pg_dump", "pg_restore", "psql"} <= {program.name for program in postgres_programs().iterdir()}


def _servers(folder: Path) -> list[psutil.Process]:
    return ServerAccount.of(folder).processes_in(folder)


def _wait_for(condition) -> None:
    end = time.monotonic() + 30
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    assert condition()
