"""How a file is opened: its encoding, its header, its rows."""

from pathlib import Path

import pytest

from portail_app.errors import Refusal
from portail_app.imports.kinds import INVOICES, KINDS, STAFF, SUBSCRIBERS, UTILITIES
from portail_app.imports.reports import FileReport, RefusalLog
from portail_app.imports.sheets import Sheet, recognise

HEADER = "collectivite;abonne;nom"
TALE = "é" * 1000
UNREADABLE = "ligne illisible : guillemet mal fermé ou valeur démesurée"


def open_sheet(folder: Path, content: bytes) -> Sheet:
    path = folder / "fichier.csv"
    path.write_bytes(content)
    return Sheet(path, KINDS)


def read_rows(folder: Path, content: bytes) -> tuple[list[tuple[int, list[str]]], FileReport]:
    report = FileReport("fichier.csv", RefusalLog())
    with open_sheet(folder, content) as sheet:
        rows = [pair for batch in sheet.batches(report) for pair in zip(batch.lines, batch.rows, strict=True)]
    return rows, report


def refusal_of(folder: Path, content: bytes) -> str:
    with pytest.raises(Refusal) as refused, open_sheet(folder, content):
        pass
    return refused.value.sentence


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ({"collectivite", "nom"}, UTILITIES),
        ({"collectivite", "nom", "courriel"}, UTILITIES),
        ({"collectivite", "nom", "courriel", "rang"}, STAFF),
        ({"collectivite", "abonne", "nom", "courriel"}, SUBSCRIBERS),
        ({"collectivite", "abonne", "facture", "date", "echeance", "montant"}, INVOICES),
    ],
)
def test_a_kind_is_recognised_by_its_columns_in_any_order(header: set[str], kind: object):
    assert recognise(sorted(header), KINDS) is kind
    assert recognise(sorted(header, reverse=True), KINDS) is kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str):
    rows, _ = read_rows(tmp_path, f"{HEADER}\r\ndemo;1;Chloé Œuvray\r\n".encode(encoding))

    assert rows == [(2, ["demo", "1", "Chloé Œuvray"])]


def test_two_exports_glued_together_are_each_read_in_their_encoding(tmp_path: Path):
    content = f"{HEADER}\n".encode() + "demo;1;Chloé\n".encode() + "demo;2;Zoé\n".encode("cp1252")

    rows, _ = read_rows(tmp_path, content)

    assert [row[2] for _, row in rows] == ["Chloé", "Zoé"]


def test_headers_are_read_with_accents_capitals_and_spaces(tmp_path: Path):
    with open_sheet(tmp_path, "Collectivité; ABONNÉ ;Nom;Code postal\n".encode()) as sheet:
        assert sheet.header == ["collectivite", "abonne", "nom", "code_postal"]
        assert sheet.kind is SUBSCRIBERS


def test_lines_are_numbered_as_a_text_editor_shows_them(tmp_path: Path):
    content = f'{HEADER}\ndemo;1;Alice\n\ndemo;2;"Bruno\nPetit"\n  ; ;\ndemo;3;Chloé\n'.encode()

    rows, report = read_rows(tmp_path, content)

    assert [line for line, _ in rows] == [2, 4, 7]
    assert report.refused == 0


def test_the_empty_rows_at_the_end_of_a_spreadsheet_are_no_rows(tmp_path: Path):
    rows, report = read_rows(tmp_path, f"{HEADER}\ndemo;1;Alice\n".encode() + b";;\n" * 250 + b"; ;\ndemo;2;Bruno\n")

    assert [(line, row[1]) for line, row in rows] == [(2, "1"), (254, "2")]
    assert (report.refused, report.log.count) == (0, 0)


def test_quotes_hold_semicolons(tmp_path: Path):
    rows, _ = read_rows(tmp_path, f'{HEADER}\ndemo;1;"Martin; Alice ""la"" grande"\n'.encode())

    assert rows[0][1][2] == 'Martin; Alice "la" grande'


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\r\n\r\n", b";;;\n"])
def test_an_empty_file_says_so(tmp_path: Path, content: bytes):
    assert refusal_of(tmp_path, content) == "Fichier vide."


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path):
    assert read_rows(tmp_path, HEADER.encode())[0] == []


def test_a_missing_column_is_named_with_the_kind_it_was_taken_for(tmp_path: Path):
    sentence = refusal_of(tmp_path, b"collectivite;abonne;facture;date;echeance;objet\n")

    assert sentence == "En-tête non reconnu (lu comme un fichier « factures ») ; colonne manquante : « montant »."


def test_an_unknown_column_is_named(tmp_path: Path):
    sentence = refusal_of(tmp_path, b"collectivite;abonne;nom;couriel\n")

    assert sentence == "En-tête non reconnu (lu comme un fichier « abonnés ») ; colonne inconnue : « couriel »."


@pytest.mark.parametrize(
    "content", [b"collectivite,abonne,nom\n", b"demo;1;Alice\n", b"PK\x03\x04;\x00\n", b"%PDF-1.7\n"]
)
def test_what_has_no_header_is_told_what_a_header_is(tmp_path: Path, content: bytes):
    assert "la première ligne doit nommer les colonnes" in refusal_of(tmp_path, content)


def test_a_column_named_twice_is_refused(tmp_path: Path):
    assert "colonne en double « nom »" in refusal_of(tmp_path, b"collectivite;abonne;nom;Nom\n")


def test_utf_16_is_refused_with_what_to_do(tmp_path: Path):
    assert refusal_of(tmp_path, HEADER.encode("utf-16")) == "Fichier en UTF-16 : enregistrez-le en CSV UTF-8."


def test_a_row_of_another_width_is_refused_and_the_next_is_read(tmp_path: Path):
    rows, report = read_rows(tmp_path, f"{HEADER}\ndemo;1\ndemo;2;Bruno;en trop\ndemo;3;Chloé\n".encode())

    assert [line for line, _ in rows] == [4]
    assert [(row.line, row.reason) for row in report.log.first] == [
        (2, "2 colonnes au lieu de 3"),
        (3, "4 colonnes au lieu de 3"),
    ]


def test_an_unclosed_quote_does_not_swallow_the_whole_file(tmp_path: Path):
    swallowed = "\n".join(f"demo;{number};{TALE}" for number in range(200))
    content = f'{HEADER}\ndemo;1;"Alice\n{swallowed}\ndemo;999;Bruno\n'.encode()

    rows, report = read_rows(tmp_path, content)

    assert report.log.first[0].line == 2
    assert report.log.first[0].reason == UNREADABLE
    assert rows[-1][1] == ["demo", "999", "Bruno"]


def test_an_unclosed_quote_never_becomes_a_name_made_of_the_next_rows(tmp_path: Path):
    rows, report = read_rows(tmp_path, f'{HEADER}\ndemo;1;Alice\ndemo;2;"Bruno\ndemo;3;Chloé\n'.encode())

    assert [row[1] for _, row in rows] == ["1"]
    assert [(row.line, row.reason) for row in report.log.first] == [(3, UNREADABLE)]


def test_a_quote_in_the_middle_of_a_value_is_a_character_like_another(tmp_path: Path):
    rows, _ = read_rows(tmp_path, f'{HEADER}\ndemo;1;Café "Le Moulin"\n'.encode())

    assert rows[0][1][2] == 'Café "Le Moulin"'


def test_a_line_without_end_is_read_by_pieces_and_refused(tmp_path: Path):
    rows, report = read_rows(tmp_path, f"{HEADER}\n".encode() + b"x" * 5_000_000 + b"\ndemo;3;Alice\n")

    assert [row for _, row in rows] == [["demo", "3", "Alice"]]
    assert 1 <= report.refused <= 6
