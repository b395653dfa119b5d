"""The demonstration's town in the database: written to files and imported as a real one would be, once."""

import subprocess
import sys
from pathlib import Path

import psycopg

from portail_app.cli import COMMANDS
from portail_app.database import database_url
from portail_app.migrations import migrate
from portail_app.serving.fingerprints import fingerprint, is_current, stamp
from portail_app.settings import ROOT, settings

SUBSCRIBERS = "500"
MADE_BY = (ROOT / "portail_app" / "demo_data", ROOT / "portail_app" / "imports", ROOT / "models")


def prepare_town() -> None:
    """Migrate, then write, import and activate what is not there yet."""
    migrate(database_url())
    folder = settings().data_folder / "demo"
    made_from = fingerprint(SUBSCRIBERS, _database_identity(), *COMMANDS, *MADE_BY)
    if is_current(folder / "imported-from", made_from):
        return
    _import_town(folder)
    stamp(folder / "imported-from", made_from)


def _import_town(folder: Path) -> None:
    files = str(folder / "files")
    _portail("demo-data", "--subscribers", SUBSCRIBERS, "--out", files)
    _portail("import", files)
    if "demo-accounts" in COMMANDS:
        _portail("demo-accounts")
        _portail("demo-documents")


def _portail(*arguments: str) -> None:
    command = [sys.executable, "-m", "portail_app.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"portail {arguments[0]} a échoué :\n{done.stdout}{done.stderr}")


def _database_identity() -> str:
    """Changes when the database is another one, or was made again."""
    with psycopg.connect(database_url()) as connection:
        found = connection.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        ).fetchone()
    return str(found)
