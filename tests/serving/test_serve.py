"""`portail serve` as an operator lives with it: started, stopped, killed, started again."""

import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portail_app.gateways.postgres_account import ServerAccount
from portail_app.settings import ROOT
from tests.backend import free_port
from tests.portal import Portal

STOPPED_WITHIN_SECONDS = 10


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of the test's own, for a portal with its embedded database."""
    data = Path(tempfile.mkdtemp(prefix="serve-", dir=ROOT / "build"))
    yield data
    for process in _database_processes(data):
        process.kill()
    shutil.rmtree(data)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_told_portal_stops_at_once_and_its_database_with_it(data: Path, told: int):
    with Portal("serve", DATABASE_URL="", PORTAL_DATA=str(data)) as portal:
        portal.wait_until_it_answers()
        assert _database_processes(data)

        asked_at = time.monotonic()
        assert portal.stop(told) == 0

    assert time.monotonic() - asked_at < STOPPED_WITHIN_SECONDS
    assert _database_processes(data) == []
    assert "Le portail répond sur" in portal.said()


def test_a_killed_portal_starts_again(data: Path):
    with Portal("serve", DATABASE_URL="", PORTAL_DATA=str(data)) as killed:
        killed.wait_until_it_answers()
        killed.stop(signal.SIGKILL)

    with Portal("serve", DATABASE_URL="", PORTAL_DATA=str(data)) as portal:
        portal.wait_until_it_answers()

    assert _database_processes(data) == []


def test_a_taken_port_is_said_before_anything_is_prepared(data: Path):
    port = free_port()
    with (
        socket.create_server(("127.0.0.1", port)),
        Portal("serve", DATABASE_URL="", PORTAL_DATA=str(data), PORT=str(port)) as portal,
    ):
        assert portal.process.wait(30) == 1

    assert portal.said() == f"Error: Le port {port} est déjà pris. Choisissez-en un autre : PORT={port + 1}\n"
    assert list(data.iterdir()) == []


def test_several_processes_need_redis(data: Path):
    with Portal("serve", "--workers", "2", REDIS_URL="", PORTAL_DATA=str(data)) as portal:
        assert portal.process.wait(30) == 2

    assert "Plusieurs processus ont besoin de REDIS_URL" in portal.said()


def test_a_database_that_does_not_answer_is_said_in_a_sentence(data: Path):
    nowhere = f"postgresql://portail@127.0.0.1:{free_port()}/portail"
    with Portal("serve", DATABASE_URL=nowhere, PORTAL_DATA=str(data)) as portal:
        assert portal.process.wait(60) == 1

    said = portal.said()
    assert said.startswith("Error: La base de données ne répond pas")
    assert "Traceback" not in said


def _database_processes(data: Path) -> list[object]:
    folder = data / "postgres"
    return ServerAccount.of(folder).processes_in(folder)
