"""All files of water at once: a rehearsal writes nothing, the second import changes nothing, a correction one row."""

import pytest
from psycopg import Connection

from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk
from tests.imports.test_consumption_kinds import CONTRACTS, DAILY, READINGS
from tests.imports.test_consumption_limits import METERS, PARTIES, POINTS, TARIFFS

FILES = {
    "compteurs.csv": (METERS, "demo;A1;P1;01/01/2012;0,5;;;", "demo;B1;P2;01/01/2015;;;;4"),
    "contrats.csv": (CONTRACTS, "demo;C1;P1;Eau;01/01/2012;", "demo;C2;P2;Eau;01/01/2015;"),
    "factures.csv": (INVOICES, ALICES_INVOICE),
    "jours.csv": (DAILY, "demo;A1;01/06/2026;0,312;0", "demo;A1;02/06/2026;0,298;"),
    "liens.csv": ("collectivite;facture;contrat;volume", "demo;2017-020-002059;C1;60"),
    "parties.csv": (PARTIES, "demo;C1;100001;redevable;;", "demo;C2;100002;;01/02/2015;"),
    "points.csv": (POINTS, "demo;P1;12 rue du Moulin;oui", "demo;P2;14 rue du Moulin;non"),
    "releves.csv": (READINGS, "demo;A1;30/06/2026;812,345;transmise;02/07/2026 08:05", "demo;B1;29/02/2024;1 204;;"),
    "tarifs.csv": (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Consommation;1,284;;60;6;5,5"),
}
TABLES = {
    "meter": "id", "contract": "id", "invoice": "id", "daily_volume": "day", "invoice_contract": "id",
    "contract_party": "id", "delivery_point": "id", "reading": "id", "tariff_line": "id",
}  # fmt: skip


@pytest.fixture
def water(town_hall: Desk) -> Desk:
    for name, lines in FILES.items():
        town_hall.write(name, *lines)
    return town_hall


def stored(rows: Connection) -> dict[str, set[tuple[str, str]]]:
    """Of each row its key and the transaction that wrote it."""
    return {
        table: {tuple(row.values()) for row in rows.execute(f"SELECT {key}::text, xmin::text FROM {table}")}
        for table, key in TABLES.items()
    }


def test_a_rehearsal_tells_of_every_row_and_writes_none(water: Desk, rows: Connection):
    rehearsal = water.run(dry_run=True)

    assert rehearsal.refused == []
    assert {one.file: one.counts for one in rehearsal.reports} == {
        name: (len(lines) - 1, len(lines) - 1, 0, 0, 0) for name, lines in FILES.items()
    }
    assert not any(stored(rows).values())
    assert rows.execute("SELECT count(*) AS n FROM procrastinate_jobs").fetchone() == {"n": 0}


def test_the_second_import_rewrites_no_row_of_any_kind(water: Desk, rows: Connection):
    water.run()
    before = stored(rows)

    again = water.run()

    assert all(before.values())
    assert {one.file: one.counts for one in again.reports} == {
        name: (len(lines) - 1, 0, 0, len(lines) - 1, 0) for name, lines in FILES.items()
    }
    assert stored(rows) == before


@pytest.mark.parametrize(
    ("name", "said", "corrected"),
    [
        ("points.csv", "14 rue du Moulin;non", "14 bis rue du Moulin;non"),
        ("compteurs.csv", "01/01/2012;0,5;;;", "01/01/2012;0,5;30/06/2026;812,345;"),
        ("contrats.csv", "01/01/2015;", "01/01/2015;30/06/2026"),
        ("parties.csv", "01/02/2015;", "01/02/2015;30/06/2026"),
        ("tarifs.csv", "1,284", "1,28401"),
        ("releves.csv", "812,345", "812,346"),
        ("jours.csv", "0,298;", "0,298;0"),
        ("liens.csv", ";60", ";"),
    ],
)
def test_what_is_corrected_is_rewritten_and_nothing_beside_it(water: Desk, rows: Connection, name, said, corrected):
    water.run()
    before = stored(rows)
    water.write(name, *(line.replace(said, corrected) for line in FILES[name]))

    again = water.run()

    assert again.refused == []
    assert [one.file for one in again.reports if one.changed] == [name]
    assert again.counts(name) == (len(FILES[name]) - 1, 0, 1, len(FILES[name]) - 2, 0)
    after = stored(rows)
    assert sum(len(after[table] - before[table]) for table in TABLES) == 1
    assert {key for table in TABLES for key, _ in after[table]} == {key for table in TABLES for key, _ in before[table]}


def test_a_meter_is_replaced_by_two_lines_of_one_file_whichever_comes_first(water: Desk, rows: Connection):
    water.run()
    removed, newer = "demo;A1;P1;01/01/2012;0,5;01/07/2026;900;", "demo;A9;P1;01/07/2026;0;;;5"
    water.clear()
    water.write("compteurs.csv", METERS, newer, removed)
    water.write("releves.csv", READINGS, "demo;A9;01/07/2026;0;;", "demo;A1;02/07/2026;900;;")

    outcome = water.run()

    assert outcome.counts("compteurs.csv") == (2, 1, 1, 0, 0)
    assert outcome.places == [(3, "releve_le")]
    at_alices = "JOIN delivery_point AS point ON point.id = delivery_point_id WHERE number = 'P1'"
    found = rows.execute(f"SELECT serial, removed_index_litres FROM meter {at_alices} ORDER BY serial")
    assert [tuple(row.values()) for row in found] == [("A1", 900_000), ("A9", None)]


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        *(("contrats.csv", 1), ("compteurs.csv", 1), ("releves.csv", 1), ("jours.csv", 1)),
        *(("points.csv", 0), ("parties.csv", 0), ("tarifs.csv", 0), ("liens.csv", 0)),
    ],
)
def test_leaks_are_looked_for_after_the_files_that_can_tell_of_one(water: Desk, rows: Connection, name, looks):
    water.run()
    rows.execute("DELETE FROM procrastinate_jobs")

    water.run(water.folder / name)

    assert rows.execute("SELECT count(*) AS n FROM procrastinate_jobs").fetchone() == {"n": looks}
