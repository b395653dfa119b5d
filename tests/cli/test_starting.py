"""The commands that start other programs: in the right order, with the right surroundings, and stopped with them."""

import os
import signal
import subprocess
import sys
import time

import psutil
import psycopg
import pytest
from click.testing import CliRunner

from portail_app.cli import demo, lock, main
from portail_app.demo_data import town
from portail_app.serving import frontend, listening, server
from portail_app.serving.listening import PortTaken
from portail_app.settings import ROOT, settings
from tests.backend import free_port

PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in the foreground of a shell, wherever the tests run
from portail_app.cli.dev import _run_until_told
_run_until_told([sys.executable, "-c", {child!r}], {{}})
"""
OBEDIENT = "import time; print('here', flush=True); time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('here', flush=True); time.sleep(60)"
)


class TestLock:
    @pytest.fixture
    def run(self, monkeypatch) -> list[tuple[list[str], dict[str, str]]]:
        """The programs that would ask the registries, which no test does."""
        made: list[tuple[list[str], dict[str, str]]] = []
        monkeypatch.setattr(subprocess, "run", lambda command, *, cwd, env, check: made.append((command, env)))
        return made

    def test_three_locks_are_made_the_second_within_the_first(self, run):
        done = CliRunner().invoke(main, ["lock"])
        commands = [" ".join(command) for command, _ in run]

        assert done.exit_code == 0
        assert len(commands) == 3
        assert all(command.endswith("pyproject.toml") for command in commands[:2])
        assert "--output-file requirements.lock" in commands[0]
        assert "--extra dev --constraint requirements.lock" in commands[1]
        assert "reflex export --frontend-only" in commands[2]
        assert all("--generate-hashes" in command for command in commands[:2])

    def test_no_index_of_a_machine_comes_into_a_lock(self, run, monkeypatch):
        for name in lock.LOCAL_SETTINGS:
            monkeypatch.setenv(name, "/somewhere/local")
        CliRunner().invoke(main, ["lock"])

        for command, environment in run[:2]:
            assert set(lock.LOCAL_SETTINGS).isdisjoint(environment)
            assert environment["PIP_CONFIG_FILE"] == os.devnull
            assert {"--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"} <= set(command)

    def test_one_that_fails_stops_there(self, monkeypatch):
        def fail(command, **how):
            raise subprocess.CalledProcessError(1, command)

        monkeypatch.setattr(subprocess, "run", fail)
        assert CliRunner().invoke(main, ["lock"]).exit_code == 1


class TestDemo:
    @pytest.fixture
    def steps(self, monkeypatch) -> list[str]:
        done: list[str] = []
        monkeypatch.setenv("PORTAL_DEMO", "")
        monkeypatch.setattr(listening, "claim", lambda host, port: done.append("claim") or [])
        monkeypatch.setattr(frontend, "build_if_stale", lambda: done.append("build"))
        monkeypatch.setattr(town, "prepare_town", lambda: done.append("town"))
        monkeypatch.setattr(server, "serve", lambda *given: (done.append("serve"), given[-1]()))
        yield done
        monkeypatch.undo()
        settings.cache_clear()

    def test_the_port_comes_first_and_the_portal_last(self, steps):
        told = CliRunner().invoke(main, ["demo"])

        assert told.exit_code == 0, told.output
        assert (steps[0], steps[-1]) == ("claim", "serve")
        assert set(steps[1:-1]) == {"build", "town"}

    def test_it_says_where_to_go_and_who_to_be(self, steps):
        said = CliRunner().invoke(main, ["demo"]).output

        for words in ("alice@example.fr", "bruno@example.fr", "chloe@example.fr", "Portail-2026", "/demo/courrier"):
            assert words in said
        assert "{url}" not in said
        assert demo.WELCOME.count("{url}") >= 3

    @pytest.mark.parametrize(
        ("module", "step"), [(listening, "claim"), (frontend, "build_if_stale"), (town, "prepare_town")]
    )
    def test_what_fails_is_one_sentence_and_nothing_is_served(self, steps, monkeypatch, module, step):
        def fail(*given):
            raise PortTaken(8000) if step == "claim" else RuntimeError("disque plein")

        monkeypatch.setattr(module, step, fail)
        told = CliRunner().invoke(main, ["demo"])

        assert told.exit_code == 1
        assert "Error: " in told.output
        assert "Traceback" not in told.output
        assert "serve" not in steps


class TestDev:
    @pytest.mark.parametrize("child", [OBEDIENT, STUBBORN], ids=["obedient", "stubborn"])
    @pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
    def test_what_it_started_stops_with_it(self, child, told):
        command = [sys.executable, "-c", PARENT.format(child=child)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout
            assert parent.stdout.readline() == "here\n"
            (started,) = psutil.Process(parent.pid).children()
            parent.send_signal(told)
            parent.wait(20)

        end = time.monotonic() + 10
        while started.is_running() and started.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
            time.sleep(0.05)
        assert not started.is_running() or started.status() == psutil.STATUS_ZOMBIE


class TestWorker:
    @pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
    def test_it_ends_quietly_when_it_is_told(self, told, database):
        command = [sys.executable, "-m", "portail_app.cli", "worker"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as worker:
            end = time.monotonic() + 20
            while not connections(database) and time.monotonic() < end:
                time.sleep(0.1)
            worker.send_signal(told)
            said, _ = worker.communicate(timeout=20)

        assert worker.returncode == 0
        assert "Traceback" not in said


def connections(database: str) -> int:
    """Of a worker: its listening connection."""
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
    return row[0] if row else 0


def test_a_port_that_was_free_is_claimed_on_every_address_of_the_machine():
    port = free_port()
    sockets = listening.claim("localhost", port)
    with pytest.raises(PortTaken, match=f"PORT={port + 1}"):
        listening.claim("localhost", port)
    for claimed in sockets:
        claimed.close()
    for claimed in listening.claim("localhost", port):
        claimed.close()
