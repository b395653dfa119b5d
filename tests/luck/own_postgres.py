"""A PostgreSQL server that a test may stop, restart, starve: nobody else uses it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from portail_app.gateways.embedded_postgres import postgres_programs, start_embedded_postgres
from portail_app.gateways.postgres_account import ServerAccount
from portail_app.migrations import migrate


class OwnPostgres:
    """One server on a folder, with one migrated database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.url = start_embedded_postgres(self._folder)
        sockets = self.run("SHOW unix_socket_directories")[0][0]
        with (self._folder / "postgresql.auto.conf").open("a") as settings:  # so that a start needs no options
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{sockets}'\n")
        migrate(self.url)

    def restart(self) -> None:
        """As after a crash: nobody is told, nothing is put in order."""
        self._pg_ctl("restart", "-m", "immediate")

    def stop(self) -> None:
        self._pg_ctl("stop", "-m", "immediate")

    def start(self) -> None:
        self._pg_ctl("start", "-l", str(self._folder / "log"))

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @property
    def postmaster(self) -> int:
        return int((self._folder / "postmaster.pid").read_text().splitlines()[0])

    def run(self, statement: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def _pg_ctl(self, *arguments: str) -> None:
        account = ServerAccount.of(self._folder)
        done = subprocess.run(
            [postgres_programs() / "pg_ctl", "-D", str(self._folder), "-w", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.parent,
            env={**os.environ, "LC_ALL": "C"},
            **account.subprocess_options(),
        )
        assert done.returncode == 0, arguments
