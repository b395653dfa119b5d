"""A portal's data in one file: the database as pg_dump writes it, and the folder of imported files."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portail_app.gateways.file_store import FileStore
from portail_app.gateways.postgres_programs import postgres_programs

DATABASE = "database.dump"
FILES = "files/"


class ArchiveRefused(Exception):
    """Not one of our archives, or PostgreSQL's tools failed; the message says what they said."""


def write_archive(archive: Path, database_url: str, files: Path) -> None:
    """Written aside and renamed when complete: a file by that name is a whole archive. Its owner alone reads it."""
    with _private(), tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        dump = Path(folder) / DATABASE
        _run("pg_dump", ["--format=custom", "--no-owner", f"--file={dump}"], database_url)
        unfinished = Path(folder) / archive.name
        with ZipFile(unfinished, "w", ZIP_STORED) as bundle:
            bundle.write(dump, DATABASE)
            for file in sorted(FileStore(files).paths()):
                bundle.write(file, FILES + file.relative_to(files).as_posix())
        unfinished.rename(archive)


def read_archive(archive: Path, database_url: str, files: Path) -> None:
    """Put back everything or nothing of the database, then the files beside those that are there."""
    files.parent.mkdir(parents=True, exist_ok=True)
    with _private(), tempfile.TemporaryDirectory(dir=files.parent) as folder:
        _unpack(archive, Path(folder))
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", [*options, str(Path(folder) / DATABASE)], database_url)
        if (Path(folder) / FILES).exists():
            shutil.copytree(Path(folder) / FILES, files, dirs_exist_ok=True)


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with ZipFile(archive) as bundle:
            bundle.extractall(folder)
    except (BadZipFile, OSError) as error:
        raise ArchiveRefused(f"{archive} n’est pas une sauvegarde lisible : {error}") from error
    if not (folder / DATABASE).exists():
        raise ArchiveRefused(f"{archive} n’est pas une sauvegarde du portail.")


def without_password(database_url: str) -> tuple[str, dict[str, str]]:
    """The address, and what is told in the environment: every account of a machine reads its list of processes."""
    told = conninfo_to_dict(database_url)
    password = str(told.pop("password", None) or "")
    return make_conninfo("", **told), {"PGPASSWORD": password} if password else {}


@contextmanager
def _private() -> Iterator[None]:
    """What is written inside is its owner's alone."""
    former = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(former)


def _run(program: str, arguments: Sequence[str], database_url: str) -> None:
    address, secret = without_password(database_url)
    command = [str(postgres_programs() / program), f"--dbname={address}", *arguments]
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise ArchiveRefused(f"{program} a échoué, rien n’a été changé :\n{done.stderr.strip()}")
