"""The second import, the rehearsal, and two imports at once: what must not change does not."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import Connection

from portail_app.errors import Refusal
from portail_app.imports.import_lock import LOCK
from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk

LINES = "collectivite;facture;ligne;rubrique;libelle;quantite;unite;prix_unitaire;montant_ht;tva"


def count(rows: Connection, table: str) -> int:
    return rows.execute(f"SELECT count(*) AS rows FROM {table}").fetchone()["rows"]


def versions(rows: Connection, table: str) -> set[tuple[int, str]]:
    """Of each row its id and the transaction that wrote it."""
    return {(row["id"], row["xmin"]) for row in rows.execute(f"SELECT id, xmin::text FROM {table}")}


def test_importing_twice_changes_nothing_and_rewrites_no_row(town_hall: Desk, rows: Connection):
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)
    town_hall.write("lignes.csv", LINES, "demo;2017-020-002059;1;Eau;Consommation;60;m³;1,245;74,70;5,5")
    town_hall.run()
    before = [versions(rows, table) for table in ("invoice", "invoice_line")]

    outcome = town_hall.run()

    assert {report.counts for report in outcome.reports} == {(1, 0, 0, 1, 0)}
    assert [versions(rows, table) for table in ("invoice", "invoice_line")] == before


def test_only_the_row_that_differs_is_rewritten(town_hall: Desk, rows: Connection):
    others = [f"demo;100002;F{number};10/07/2017;21/07/2017;1,00" for number in range(50)]
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE, *others)
    town_hall.run()
    before = versions(rows, "invoice")
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE.replace("243,11", "243,12"), *others)

    assert town_hall.run().counts("factures.csv") == (51, 0, 1, 50, 0)
    assert len(versions(rows, "invoice") - before) == 1


def test_known_rows_use_up_no_numbers(town_hall: Desk, rows: Connection):
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)
    for _ in range(5):
        town_hall.run()
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE.replace("002059", "002060"))
    town_hall.run()

    first, second = rows.execute("SELECT id FROM invoice ORDER BY id").fetchall()
    assert second["id"] == first["id"] + 1


def test_what_the_portal_owns_is_left_alone(town_hall: Desk, rows: Connection):
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)
    town_hall.run()
    rows.execute("UPDATE invoice SET settled_cents = 24311, pdf_key = 'k', is_disputed = true")
    rows.execute(
        "UPDATE utility SET welcome_text = 'Bienvenue', several_invoices_per_payment = true, accent = '#123456'"
    )
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE.replace("243,11", "250,00"))
    town_hall.write("collectivites.csv", "collectivite;nom", "demo;Régie renommée")

    assert town_hall.run().counts("collectivites.csv") == (1, 0, 1, 0, 0)

    invoice = rows.execute("SELECT * FROM invoice").fetchone()
    utility = rows.execute("SELECT * FROM utility").fetchone()
    assert (invoice["amount_cents"], invoice["settled_cents"], invoice["pdf_key"]) == (25000, 24311, "k")
    assert invoice["is_disputed"] is True
    assert (utility["name"], utility["welcome_text"], utility["accent"]) == ("Régie renommée", "Bienvenue", "#123456")
    assert utility["several_invoices_per_payment"] is True


def test_a_column_that_is_there_and_empty_clears_the_field(town_hall: Desk, rows: Connection):
    header = f"{INVOICES};en_tresorerie_le"
    town_hall.write("factures.csv", header, f"{ALICES_INVOICE};01/10/2017")
    town_hall.run()
    town_hall.write("factures.csv", header, f"{ALICES_INVOICE};")

    assert town_hall.run().counts("factures.csv") == (1, 0, 1, 0, 0)
    assert rows.execute("SELECT sent_to_treasury_on AS day FROM invoice").fetchone() == {"day": None}


def test_an_import_removes_nothing(town_hall: Desk, rows: Connection):
    town_hall.write("abonnes.csv", "collectivite;abonne;nom", "demo;100003;Chloé")

    town_hall.run()

    assert count(rows, "subscriber") == 3


def test_a_rehearsal_tells_the_same_and_writes_nothing(desk: Desk, rows: Connection):
    desk.write("collectivites.csv", "collectivite;nom", "demo;Régie")
    desk.write("abonnes.csv", "collectivite;abonne;nom", "demo;100001;Alice Martin", "demo;100001;Encore")
    desk.write("agents.csv", "collectivite;courriel;nom;rang", "demo;chloe@example.fr;Chloé;agent")
    desk.write("factures.csv", INVOICES, ALICES_INVOICE, "demo;999999;F2;10/07/2017;21/07/2017;1,00")
    desk.write_bytes("2017-020-002059.pdf", b"%PDF-1.4 Alice")

    rehearsal = desk.run(dry_run=True)
    written = [count(rows, table) for table in ("utility", "subscriber", "account", "staff_role", "invoice")]
    stored = desk.store.folder.exists()
    real = desk.run()

    assert written == [0, 0, 0, 0, 0]
    assert not stored
    assert [report.counts for report in rehearsal.reports] == [report.counts for report in real.reports]
    assert rehearsal.refused == real.refused
    assert count(rows, "invoice") == 1


@pytest.fixture
def other_import(database: str) -> Iterator[None]:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        yield


@pytest.mark.usefixtures("other_import")
def test_two_imports_do_not_run_at_once(town_hall_files: Desk, rows: Connection):
    with pytest.raises(Refusal, match=r"Un autre import est en cours\. Attendez qu’il se termine"):
        town_hall_files.run()

    assert count(rows, "utility") == 0


@pytest.fixture
def town_hall_files(desk: Desk) -> Desk:
    desk.write("collectivites.csv", "collectivite;nom", "demo;Régie")
    return desk
