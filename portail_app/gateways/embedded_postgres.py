"""A real PostgreSQL from PyPI, for those who have none: its data under `data/postgres`.

Every process that uses the server holds a shared lock, which the kernel drops however the process ends; the last one to
leave stops the server. A crash leaves nothing that could keep it from starting again.
"""

import atexit
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from portail_app.gateways.postgres_account import ServerAccount
from portail_app.gateways.postgres_programs import PostgresPrograms, postgres_programs

START_ATTEMPTS = 30  # the processes of a server that was killed take a moment to notice
SOCKET_PATH_LIMIT = 100  # bytes that a Unix socket's path may have, everywhere


def start_embedded_postgres(folder: Path) -> str:
    """Its `postgresql://` address. The server stops with the last process that called this."""
    return _cluster(folder.resolve()).start()


@cache
def _cluster(folder: Path) -> "_Cluster":
    return _Cluster(folder)


class _Cluster:
    """One data folder, its server and its users."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pid_file = folder / "postmaster.pid"
        self._users: int | None = None
        self._account = ServerAccount.of(folder)
        self._programs = PostgresPrograms(self._account, folder.parent)

    def start(self) -> str:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._account.open_the_way_to(postgres_programs(), self._folder.parent)
            self._create()
            self._run()
            self._join()
        return f"postgresql://postgres:@/postgres?host={quote(str(self._socket_folder()))}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Starting and stopping wait for one another, across processes."""
        mutex = os.open(self._beside(".mutex"), os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(mutex, fcntl.LOCK_EX)
            yield
        finally:
            os.close(mutex)

    def _create(self) -> None:
        """Made aside and renamed when complete: a data folder is never half made."""
        if self._folder.exists():
            return
        for abandoned in self._folder.parent.glob(f"{self._folder.name}.new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        unfinished = self._beside(f".new-{os.getpid()}")  # what a killed start left running may still write to its own
        self._account.make_folder(unfinished)
        self._programs.run(
            "initdb", "-D", str(unfinished), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        )  # fmt: skip
        unfinished.rename(self._folder)

    def _run(self) -> None:
        failure = ""
        for _ in range(START_ATTEMPTS):
            working = {process.pid for process in self._account.processes_in(self._folder)}
            if not working:
                self._pid_file.unlink(missing_ok=True)  # its number may be another program's by now
            if self._server_pid() not in working:
                failure = self._try_to_run()
            if not failure and self._is_ready():
                return
            time.sleep(1)
        raise RuntimeError(f"PostgreSQL ne démarre pas dans {self._folder} :\n{failure}\n{self._end_of_log()}")

    def _server_pid(self) -> int | None:
        lines = self._pid_file.read_text().splitlines() if self._pid_file.exists() else []
        return int(lines[0]) if lines else None

    def _is_ready(self) -> bool:
        """A server whose start somebody else began, and was killed, may still be recovering."""
        sockets = str(self._socket_folder())
        return not self._programs.attempt("pg_isready", "--quiet", "--timeout", "60", "--host", sockets)

    def _try_to_run(self) -> str:
        sockets = self._new_socket_folder()
        options = f"-c listen_addresses='' -c unix_socket_directories='{sockets}'"
        return self._control("-t", "60", "-l", str(self._folder / "log"), "-o", options, "start")

    def _new_socket_folder(self) -> Path:
        """In the data folder, which is its owner's alone, unless that makes the socket's path too long."""
        if len(os.fsencode(self._folder / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return self._folder
        return self._account.make_private_folder_for(self._folder)

    def _socket_folder(self) -> Path:
        return Path(self._pid_file.read_text().splitlines()[4])

    def _end_of_log(self) -> str:
        log = self._folder / "log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else ""

    def _join(self) -> None:
        if self._users is None:
            self._users = os.open(self._beside(".users"), os.O_RDWR | os.O_CREAT, 0o666)
            atexit.register(self._leave, os.getpid())
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def _leave(self, pid: int) -> None:
        if self._users is None or os.getpid() != pid:
            return
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._users)
                return
            self._control("-m", "fast", "stop")
            os.close(self._users)

    def _control(self, *arguments: str) -> str:
        """Waits until the server is up, or down; what pg_ctl said if it failed."""
        return self._programs.attempt("pg_ctl", "-D", str(self._folder), "-w", *arguments)

    def _beside(self, suffix: str) -> Path:
        return self._folder.with_name(self._folder.name + suffix)
