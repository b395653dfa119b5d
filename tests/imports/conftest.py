"""An empty portal, and files to import into it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import dict_row

from tests.conftest import empty
from tests.imports.desk import Desk


@pytest.fixture
def rows(database: str) -> Iterator[Connection]:
    """What the import wrote, as dictionaries; everything is removed afterwards."""
    with psycopg.connect(database, autocommit=True, row_factory=dict_row) as connection:
        yield connection
    empty(database)


@pytest.fixture
def desk(rows: Connection, database: str, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database)


@pytest.fixture
def town_hall(desk: Desk) -> Desk:
    """A desk from which the utility, Alice and Bruno were imported."""
    desk.write("collectivites.csv", "collectivite;nom", "demo;Régie des eaux de Clermont-sur-Lys")
    desk.write("abonnes.csv", "collectivite;abonne;nom", "demo;100001;Alice Martin", "demo;100002;Bruno Petit")
    assert desk.run().refused == []
    desk.clear()
    return desk
