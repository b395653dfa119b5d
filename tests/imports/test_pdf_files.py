"""PDFs find their invoice by the number in their name, and never somebody else's."""

from pathlib import Path

import pytest
from psycopg import Connection

from portail_app.imports.pdf_files import LARGEST_PDF, InvoiceName, read_name
from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk

CONTENT = b"%PDF-1.4 Alice"
NUMBER = "2017-020-002059"


@pytest.fixture
def billed(town_hall: Desk) -> Desk:
    """Alice has an invoice, and the neighbouring utility one with the number of Bruno's."""
    town_hall.write("collectivites.csv", "collectivite;nom", "voisine;Syndicat voisin")
    town_hall.write("abonnes.csv", "collectivite;abonne;nom", "voisine;1;Damien")
    town_hall.write(
        "factures.csv",
        INVOICES,
        ALICES_INVOICE,
        "demo;100002;F-2;10/07/2017;21/07/2017;1,00",
        "voisine;1;F-2;10/07/2017;21/07/2017;1,00",
    )
    town_hall.run()
    town_hall.clear()
    return town_hall


def keys(rows: Connection) -> dict[str, str]:
    found = rows.execute(
        "SELECT code || '/' || number AS name, pdf_key FROM invoice JOIN utility ON utility.id = utility_id"
        " WHERE pdf_key IS NOT NULL"
    )
    return {row["name"]: row["pdf_key"] for row in found}


@pytest.mark.parametrize(
    "name",
    [
        f"{NUMBER}.pdf",
        f"{NUMBER}.PDF",
        f"demo_{NUMBER}.pdf",
        f"demo/{NUMBER}.pdf",
        f"Facture_{NUMBER}.pdf",
        f"facture {NUMBER} Martin.pdf",
        f"demo_{NUMBER}_Martin_Alice.pdf",
    ],
)
def test_a_pdf_finds_its_invoice_by_its_name(billed: Desk, rows: Connection, name: str):
    billed.write_bytes(name, CONTENT)

    assert billed.run().counts("PDF") == (1, 1, 0, 0, 0)

    found = keys(rows)
    assert list(found) == [f"demo/{NUMBER}"]
    assert billed.store.path_of(found[f"demo/{NUMBER}"]).read_bytes() == CONTENT


@pytest.mark.parametrize(
    "name", ["2017-020-00205.pdf", "17-020-002059.pdf", f"x{NUMBER}.pdf", "002059.pdf", "Martin.pdf"]
)
def test_a_part_of_a_number_is_no_number(billed: Desk, rows: Connection, name: str):
    billed.write_bytes(name, CONTENT)

    outcome = billed.run()

    assert outcome.reasons == ["aucune facture ne porte ce numéro"]
    assert outcome.refused[0].column == name
    assert keys(rows) == {}


def test_a_number_of_two_utilities_needs_their_code(billed: Desk, rows: Connection):
    billed.write_bytes("F-2.pdf", CONTENT)

    (reason,) = billed.run().reasons

    assert reason.startswith("plusieurs collectivités ont une facture de ce numéro")
    assert keys(rows) == {}


@pytest.mark.parametrize("name", ["voisine_F-2.pdf", "voisine/F-2.pdf"])
def test_the_code_of_a_utility_says_whose_number_it_is(billed: Desk, rows: Connection, name: str):
    billed.write_bytes(name, CONTENT)
    billed.run()

    assert list(keys(rows)) == ["voisine/F-2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ce fichier n’est pas un PDF"),
        (b"<html>%PDF-1.4", "ce fichier n’est pas un PDF"),
        (b"MZ\x90\x00", "ce fichier n’est pas un PDF"),
        (b"%PDF-1.4" + bytes(LARGEST_PDF), "plus de 10 Mo"),
    ],
)
def test_a_pdf_is_known_by_its_content_and_bounded(billed: Desk, rows: Connection, content: bytes, reason: str):
    billed.write_bytes(f"{NUMBER}.pdf", content)

    assert billed.run().reasons == [reason]
    assert keys(rows) == {}


def test_importing_a_pdf_twice_changes_nothing(billed: Desk, rows: Connection):
    billed.write_bytes(f"{NUMBER}.pdf", CONTENT)
    billed.run()
    version = "SELECT xmin::text FROM invoice ORDER BY id"
    before = rows.execute(version).fetchall()

    assert billed.run().counts("PDF") == (1, 0, 0, 1, 0)
    assert rows.execute(version).fetchall() == before


def test_a_corrected_pdf_replaces_the_first(billed: Desk, rows: Connection):
    billed.write_bytes(f"{NUMBER}.pdf", CONTENT)
    billed.run()
    first = keys(rows)[f"demo/{NUMBER}"]
    billed.write_bytes(f"{NUMBER}.pdf", CONTENT + b" corrected")

    assert billed.run().counts("PDF") == (1, 0, 1, 0, 0)
    assert keys(rows)[f"demo/{NUMBER}"] != first


def test_of_two_pdfs_of_one_invoice_the_second_is_refused(billed: Desk):
    billed.write_bytes(f"demo_{NUMBER}.pdf", CONTENT)
    billed.write_bytes(f"{NUMBER}.pdf", CONTENT + b" other")

    outcome = billed.run()

    assert outcome.counts("PDF") == (2, 1, 0, 0, 1)
    assert outcome.reasons == ["un autre fichier de cet import porte déjà ce numéro"]


def test_many_pdfs_come_in_by_batches(billed: Desk, rows: Connection):
    numbers = [f"2018-020-{place:06}" for place in range(450)]
    billed.write("factures.csv", INVOICES, *(f"demo;100002;{number};10/07/2018;21/07/2018;1,00" for number in numbers))
    for number in numbers:
        billed.write_bytes(f"{number}.pdf", b"%PDF-1.4 " + number.encode())

    assert billed.run().counts("PDF") == (450, 450, 0, 0, 0)
    assert len(keys(rows)) == 450


def test_a_name_without_code_is_left_whole():
    assert read_name(Path("d/F_1_x.pdf"), {"demo"}) == InvoiceName(None, "F_1_x", "F")
    assert read_name(Path("d/demo_F_1.pdf"), {"demo"}) == InvoiceName("demo", "F_1", "F")
    assert read_name(Path("demo/avoir-A1.pdf"), {"demo"}) == InvoiceName("demo", "A1", "A1")
    assert read_name(Path("d/demo_.pdf"), {"demo"}) == InvoiceName(None, "demo_", "demo")
