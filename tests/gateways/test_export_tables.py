"""A table of one's data as a French spreadsheet and as a program read it: the same values, to the cent."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models import RequestStatus
from portail_app.gateways.export_files import ExportFiles

COLUMNS = ("nom", "montant_euros")
MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("value", "cell", "plain"),
    [
        (None, "", None),
        (True, "oui", True),
        (False, "non", False),
        (0, "0", 0),
        (250_340, "250340", 250_340),
        ("Eau; « été »", "Eau; « été »", "Eau; « été »"),
        ("", "", ""),
        (Decimal("12.345"), "12,345", 12.345),
        (Decimal("-0.50"), "-0,50", -0.5),
        (date(2026, 11, 22), "2026-11-22", "2026-11-22"),
        (datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00+00:00"),
        (RequestStatus.RESOLVED, "resolue", "resolue"),
        ([["Où ?", "À l’évier"]], '[["Où ?", "À l’évier"]]', [["Où ?", "À l’évier"]]),
    ],
)
def test_a_value_is_what_each_reads_best(written, value, cell, plain):
    assert written("csv", [(value, None)])[1] == [cell, ""]
    assert written("json", [(value, None)]) == [{"nom": plain, "montant_euros": None}]


@pytest.mark.parametrize(
    ("cents", "cell", "plain"),
    [(0, "0,00", 0.0), (1, "0,01", 0.01), (5, "0,05", 0.05), (24_311, "243,11", 243.11), (-150, "-1,50", -1.5)],
)
def test_what_is_kept_in_cents_is_told_in_euros(written, cents, cell, plain):
    assert written("csv", [("x", cents)])[1] == ["x", cell]
    assert written("json", [("x", cents)]) == [{"nom": "x", "montant_euros": plain}]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_somebody_wrote_is_never_a_formula_and_stays_what_it_was_for_a_program(written, start):
    words = f"{start}HYPERLINK(1)"
    assert written("csv", [(words, None)])[1][0] == f"'{words}"
    assert written("json", [(words, None)])[0]["nom"] == words


def test_line_ends_quotes_and_semicolons_stay_in_their_cell(written):
    words = 'Il a dit "non" ;\npuis rien'
    assert written("csv", [(words, 100)])[1:] == [[words, "1,00"]]


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize("batches", [[], [[]], [[("a", 1)]], [[("a", 1)], [("b", 2), ("c", 3)]]])
def test_any_number_of_batches_is_one_table(written, kind, batches):
    found = written(kind, *batches)
    names = [row[0] for row in found[1:]] if kind == "csv" else [row["nom"] for row in found]
    assert names == [name for batch in batches for name, _ in batch]


def test_a_spreadsheet_is_told_that_it_is_utf_8_and_what_its_columns_are(tmp_path):
    content = write(tmp_path, "csv", [])
    assert content.startswith(MARK + b"nom;montant_euros\r\n")
    assert not write(tmp_path, "json", []).startswith(MARK)


@pytest.fixture
def written(tmp_path: Path):
    """What a reader of that kind finds in it."""

    def read(kind: str, *batches):
        content = write(tmp_path, kind, *batches)
        if kind == "json":
            return json.loads(content)
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))

    return read


def write(folder: Path, kind: str, *batches) -> bytes:
    store = ExportFiles(folder)
    with store.writing(1) as archive, archive.table("essai", COLUMNS, kind) as writer:
        for batch in batches:
            writer.write(batch)
    return zipfile.ZipFile(store.path_of(archive.name)).read(f"donnees/essai.{kind}")
