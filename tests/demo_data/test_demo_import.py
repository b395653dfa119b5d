"""The demonstration's files go in by the ordinary import, whole."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import dict_row

from portail_app.demo_data.files import write_demo_data
from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import FileReport, RefusalLog
from portail_app.imports.runs import ImportRun
from tests.conftest import empty

TODAY = date(2026, 11, 22)
INVOICES_OF = """
    SELECT invoice.* FROM invoice JOIN subscriber ON subscriber.id = subscriber_id
    WHERE email = %s ORDER BY issued_on, number
"""

UNBALANCED = """
    WITH by_rate AS (
        SELECT invoice_id, vat_basis_points, sum(amount_cents) AS net FROM invoice_line GROUP BY 1, 2
    ), total AS (
        SELECT invoice_id, sum(net + round(net * vat_basis_points / 10000.0)) AS gross FROM by_rate GROUP BY 1
    )
    SELECT number, amount_cents, gross FROM invoice JOIN total ON invoice_id = invoice.id WHERE gross <> amount_cents
"""


@pytest.fixture(scope="module")
def imported(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[FileReport]]:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_data(folder, 60, 1, TODAY)
    with RefusalLog() as log:
        yield ImportRun(database, FileStore(folder / "stored"), log).execute([folder])
    empty(database)


@pytest.fixture
def rows(database: str, imported: list[FileReport]) -> Iterator[Connection]:
    with psycopg.connect(database, row_factory=dict_row) as connection:
        yield connection


def test_every_row_of_the_demonstration_is_new_and_none_is_refused(imported: list[FileReport]):
    assert [report.kind for report in imported] == [
        "collectivités",
        "agents",
        "abonnés",
        "factures",
        "lignes de facture",
        "points de livraison",
        "compteurs",
        "contrats",
        "parties aux contrats",
        "factures des contrats",
        "tarifs",
        "relèves",
        "volumes journaliers",
        "pièces PDF",
    ]
    assert all(report.read == report.new > 0 for report in imported)


def test_alice_has_the_manuals_invoice_still_payable_online(rows: Connection):
    (invoice,) = rows.execute("SELECT * FROM invoice WHERE number = '2017-020-002059'").fetchall()

    assert invoice["issued_on"] == date(2017, 7, 10)
    assert invoice["due_on"] == date(2017, 7, 21)
    assert (invoice["amount_cents"], invoice["billed_paid_cents"]) == (24311, 0)
    assert (invoice["subject"], invoice["kind"]) == ("Multi Services", "facture")
    assert invoice["online_until"] is invoice["sent_to_treasury_on"] is invoice["debited_on"] is None
    assert invoice["pdf_key"]


def test_alice_has_invoices_in_every_state(rows: Connection):
    found = rows.execute(INVOICES_OF, ("alice@example.fr",)).fetchall()

    open_ones = [row for row in found if not row["billed_paid_cents"] and not row["sent_to_treasury_on"]]
    assert len(found) == 9
    assert len(open_ones) == 3
    assert sum(row["sent_to_treasury_on"] is not None for row in found) == 1
    assert sum(row["debited_on"] is not None for row in found) == 1


def test_bruno_lives_next_door_and_has_his_own_invoices(rows: Connection):
    (bruno,) = rows.execute("SELECT * FROM subscriber WHERE number = '100002'").fetchall()

    assert (bruno["name"], bruno["email"]) == ("Bruno Petit", "bruno@example.fr")
    assert len(rows.execute(INVOICES_OF, ("bruno@example.fr",)).fetchall()) == 8


def test_chloe_works_for_the_demo_utility_and_has_yet_to_activate(rows: Connection):
    (chloe,) = rows.execute(
        "SELECT account.*, utility.code, rank FROM account JOIN staff_role ON account_id = account.id"
        " JOIN utility ON utility.id = utility_id WHERE account.email = 'chloe@example.fr'"
    ).fetchall()

    assert (chloe["code"], chloe["rank"], chloe["activated_at"]) == ("demo", "administrateur", None)


def test_the_demo_utility_takes_several_invoices_per_payment_for_client_004200(rows: Connection):
    (utility,) = rows.execute("SELECT * FROM utility WHERE code = 'demo'").fetchall()

    assert utility["name"] == "Régie des eaux de Clermont-sur-Lys"
    assert (utility["payfip_client"], utility["several_invoices_per_payment"]) == ("004200", True)


def test_two_utilities_share_neither_numbers_of_invoices_nor_addresses(rows: Connection):
    shared = rows.execute("SELECT number FROM invoice GROUP BY number HAVING count(*) > 1").fetchall()
    addresses = rows.execute("SELECT email FROM subscriber WHERE email IS NOT NULL").fetchall()

    assert rows.execute("SELECT count(*) FROM utility").fetchone() == {"count": 2}
    assert shared == []
    assert all(row["email"].endswith("@example.fr") for row in addresses)
    assert len({row["email"] for row in addresses}) == len(addresses)


def test_each_invoice_is_the_sum_of_its_lines_and_their_vat(rows: Connection):
    wrong = rows.execute(UNBALANCED).fetchall()
    without_lines = rows.execute(
        "SELECT number FROM invoice WHERE NOT EXISTS (SELECT FROM invoice_line WHERE invoice_id = invoice.id)"
    ).fetchall()

    assert wrong == []
    assert without_lines == []


def test_each_line_is_its_quantity_at_its_price(rows: Connection):
    wrong = rows.execute(
        "SELECT * FROM invoice_line WHERE abs(round(quantity * unit_price * 100) - amount_cents) > 0"
    ).fetchall()

    assert wrong == []


def test_a_second_import_changes_nothing(database: str, imported: list[FileReport], tmp_path: Path):
    write_demo_data(tmp_path, 60, 1, TODAY)
    with RefusalLog() as log:
        again = ImportRun(database, FileStore(tmp_path / "stored"), log).execute([tmp_path])

    assert all(report.read == report.unchanged for report in again)
