"""A PostgreSQL server that a test may stop, restart, starve: nobody else uses it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.gateways.postgres_account import ServerAccount
from portail_app.gateways.postgres_programs import postgres_programs
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

    @contextmanager
    def without_room(self, largest_file: int) -> Iterator[None]:
        """New connections find no room beyond that many bytes in a file, which PostgreSQL takes as a full disk
        (postmaster.c: it ignores SIGXFSZ « so that ulimit violations work like disk full »)."""
        self._limit_files(str(largest_file))
        try:
            yield
        finally:
            self._limit_files("unlimited")

    def run(self, statement: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def _limit_files(self, largest: str) -> None:
        postmaster = (self._folder / "postmaster.pid").read_text().splitlines()[0]
        self._as_server("prlimit", "--pid", postmaster, f"--fsize={largest}:")

    def _pg_ctl(self, *arguments: str) -> None:
        self._as_server(postgres_programs() / "pg_ctl", "-D", str(self._folder), "-w", *arguments)

    def _as_server(self, *command: str | Path) -> None:
        account = ServerAccount.of(self._folder)
        subprocess.run(
            command,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server would keep a pipe open
            stderr=subprocess.DEVNULL,
            cwd=self._folder.parent,
            **account.subprocess_options(),
        )
