"""Everything that cannot be made again, in one file and back."""

import os
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from portail_app.gateways.archives import without_password
from tests.portal import run_portail

KEY = "ab" * 32


@pytest.fixture
def empty_database(postgres_url: str) -> Iterator[str]:
    name = f"portail_restored_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield postgres_url.replace("/postgres?", f"/{name}?") if "?" in postgres_url else f"{postgres_url}/{name}"
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_what_was_backed_up_comes_back_in_another_place(town, database, empty_database, tmp_path):
    (tmp_path / "here" / "files" / KEY[:2]).mkdir(parents=True)
    (tmp_path / "here" / "files" / KEY[:2] / KEY).write_bytes(b"%PDF-1.7")
    archive = str(tmp_path / "portail.zip")

    run_portail("backup", archive, DATABASE_URL=database, PORTAL_DATA=str(tmp_path / "here"))
    run_portail("restore", "--oui", archive, DATABASE_URL=empty_database, PORTAL_DATA=str(tmp_path / "there"))

    restored = tmp_path / "there" / "files" / KEY[:2] / KEY
    assert _emails(empty_database) == _emails(database) != []
    assert restored.read_bytes() == b"%PDF-1.7"
    assert [_readers(path) for path in (Path(archive), restored, restored.parent)] == [0, 0, 0]


def test_restoring_replaces_what_was_written_since(town, database, empty_database, tmp_path):
    archive = str(tmp_path / "portail.zip")
    run_portail("backup", archive, DATABASE_URL=database, PORTAL_DATA=str(tmp_path))
    run_portail("restore", "--oui", archive, DATABASE_URL=empty_database, PORTAL_DATA=str(tmp_path))
    with psycopg.connect(empty_database) as connection:
        connection.execute("UPDATE account SET email = 'changed-' || id")

    run_portail("restore", "--oui", archive, DATABASE_URL=empty_database, PORTAL_DATA=str(tmp_path))

    assert _emails(empty_database) == _emails(database)


def test_a_file_that_is_no_backup_changes_nothing(town, database, tmp_path):
    before = _emails(database)
    not_ours = tmp_path / "photos.zip"
    with ZipFile(not_ours, "w") as bundle:
        bundle.writestr("holiday.jpg", b"sea")

    with pytest.raises(RuntimeError, match="n’est pas une sauvegarde du portail"):
        run_portail("restore", "--oui", str(not_ours), DATABASE_URL=database, PORTAL_DATA=str(tmp_path))

    assert _emails(database) == before


def test_a_backup_that_fails_leaves_no_file(tmp_path: Path):
    nowhere = "postgresql://portail@127.0.0.1:1/portail"

    with pytest.raises(RuntimeError, match="pg_dump a échoué"):
        run_portail("backup", str(tmp_path / "portail.zip"), DATABASE_URL=nowhere, PORTAL_DATA=str(tmp_path))

    assert not (tmp_path / "portail.zip").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://portail:s%26cret@base.example:5433/factures?sslmode=require", "s&cret"),
        ("host=base.example user=portail password=secret dbname=factures", "secret"),
        ("postgresql://postgres:@/postgres?host=%2Fsrv%2Fdata", ""),
    ],
)
def test_no_other_account_of_the_machine_reads_the_password_in_its_list_of_processes(url, told):
    shown, environment = without_password(url)
    assert environment == ({"PGPASSWORD": told} if told else {})
    assert conninfo_to_dict(shown) == {k: v for k, v in conninfo_to_dict(url).items() if k != "password"}


def _readers(path: Path) -> int:
    """The permissions of whoever is not its owner."""
    return path.stat().st_mode & 0o077


def _emails(url: str) -> list[object]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT email FROM account ORDER BY email").fetchall()
