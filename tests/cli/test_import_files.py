"""What `portail import` prints for the files that people really have: their encodings, separators, quotes and slips."""

import re

import pytest
from psycopg import Connection

from tests.cli.test_import_command import numbers, portail
from tests.imports.conftest import desk, rows, town_hall  # noqa: F401  the same desk, seen from the command line
from tests.imports.desk import Desk
from tests.imports.test_consumption_again import FILES
from tests.imports.test_consumption_kinds import READINGS, street  # noqa: F401  and the same two houses

BOM = "\ufeff"
ROW = "demo;B1;30/06/2026;812,345;transmise;02/07/2026 08:05"
SAME = {
    "UTF-8": f"{READINGS}\n{ROW}\n".encode(),
    "UTF-8 with its mark": f"{BOM}{READINGS}\r\n{ROW}\r\n".encode(),
    "Windows-1252": f"{READINGS};commentaire\r\n{ROW};Compteur relevé à l’œil\r\n".encode("cp1252"),
    "no end of line": f"{READINGS}\n{ROW}".encode(),
    "everything in quotes": "\n".join(
        ";".join(f'"{cell}"' for cell in line.split(";")) for line in (READINGS, ROW)
    ).encode(),
    "blank lines": f"{READINGS}\n\n{ROW}\n;;;;;\n   \n\n".encode(),
    "a title of one's own": f"Collectivité;COMPTEUR;Relevé le;Index ;Nature;Reçue le\n{ROW}\n".encode(),
    "columns in another order": b"index;recue_le;compteur;collectivite;nature;releve_le\n"
    b"812,345;02/07/2026 08:05;B1;demo;transmise;30/06/2026\n",
    "points and ISO days": f"{READINGS}\ndemo;B1;2026-06-30;812.345;transmise;2026-07-02 08:05\n".encode(),
    "units and blanks": f"{READINGS}\n demo ;B1 ; 30/6/2026;812,345 m³; Transmise;02/07/2026 8h05\n".encode(),
}
SLIPS = [
    ("demo;B1;31/06/2026;1;;", "releve_le « 31/06/2026 » : date illisible (attendu : 10/07/2017 ou 2017-07-10)"),
    ("demo;B1;29/02/2026;1;;", "releve_le « 29/02/2026 » : date illisible (attendu : 10/07/2017 ou 2017-07-10)"),
    ("demo;B1;06/30/2026;1;;", "releve_le « 06/30/2026 » : date illisible (attendu : 10/07/2017 ou 2017-07-10)"),
    ("demo;B1;30/06/26;1;;", "releve_le « 30/06/26 » : date illisible (attendu : 10/07/2017 ou 2017-07-10)"),
    ("demo;B1;;1;;", "releve_le : valeur obligatoire"),
    ("demo;B1;30/06/2026;;;", "index : valeur obligatoire"),
    ("demo;B1;30/06/2026;1,234,5;;", "index « 1,234,5 » : nombre illisible (attendu : 1234,56)"),
    ("demo;B1;30/06/2026;12,3456;;", "index « 12,3456 » : plus de trois décimales"),
    ("demo;B1;30/06/2026;environ 12;;", "index « environ 12 » : nombre illisible (attendu : 1234,56)"),
    ("demo;B1;30/06/2026;12;;30/06/2026 24:00", "recue_le « 30/06/2026 24:00 » : heure illisible"),
    ("demo;Z9;30/06/2026;12;;", "compteur « Z9 » : compteur inconnu de cette collectivité"),
    ("Demo;B1;30/06/2026;12;;", "collectivite « Demo » : collectivité inconnue"),
    ("demo;=B1;30/06/2026;12;;", "compteur « =B1 » : commence par « = » : une formule de tableur"),
    ("demo;B1;30/06/2026;12", "4 colonnes au lieu de 6"),
    ("demo;B1;30/06/2026;12;;;", "7 colonnes au lieu de 6"),
    ("demo,B1,30/06/2026,12,,", "1 colonnes au lieu de 6"),
    ("demo;[bold]B1;30/06/2026;12;;", "compteur « [bold]B1 » : compteur inconnu de cette collectivité"),
]


@pytest.mark.parametrize("content", SAME.values(), ids=SAME.keys())
def test_a_reading_is_the_same_however_its_file_is_written(street: Desk, rows: Connection, content: bytes):  # noqa: F811
    street.write_bytes("releves.csv", content)

    result = portail("import", street.folder)

    assert (result.exit_code, numbers(result.output, "releves.csv")) == (0, ["1", "1", "0", "0", "0"])
    wanted = "SELECT read_on::text, index_litres, kind, received_at AT TIME ZONE 'UTC' AS at FROM reading"
    (found,) = rows.execute(wanted).fetchall()
    assert (found["read_on"], found["index_litres"], found["kind"]) == ("2026-06-30", 812_345, "transmise")
    assert str(found["at"]) == "2026-07-02 06:05:00"


@pytest.mark.parametrize(("row", "said"), SLIPS)
def test_a_slip_is_said_with_its_line_and_the_good_rows_around_it_are_kept(street: Desk, rows, row, said):  # noqa: F811
    street.write("releves.csv", READINGS, ROW, row, "demo;B1;31/12/2025;799;;")

    result = portail("import", street.folder)

    assert result.exit_code == 1
    assert f"releves.csv, ligne 3 : {said}" in unwrapped(result.output)
    assert numbers(result.output, "releves.csv") == ["3", "2", "0", "0", "1"]
    kept = rows.execute("SELECT index_litres FROM reading ORDER BY read_on DESC").fetchall()
    assert [row["index_litres"] for row in kept] == [812_345, 799_000]


def test_a_quote_that_is_never_closed_is_said_where_it_opens(street: Desk, rows: Connection):  # noqa: F811
    street.write("releves.csv", READINGS, ROW, 'demo;B1;31/12/2025;799;"relevee;', "demo;B1;30/06/2025;700;;")

    result = portail("import", street.folder)

    said = "releves.csv, ligne 3 : ligne illisible : guillemet mal fermé ou valeur démesurée"
    assert (result.exit_code, said in unwrapped(result.output)) == (1, True)
    assert rows.execute("SELECT index_litres FROM reading").fetchall() == [{"index_litres": 812_345}]


def test_of_two_readings_of_a_day_in_one_file_the_first_is_taken_and_the_second_said(street: Desk, rows):  # noqa: F811
    street.write("releves.csv", READINGS, ROW, ROW.replace("812,345", "900"), ROW.replace("B1", "A2"))

    result = portail("import", street.folder)

    assert numbers(result.output, "releves.csv") == ["3", "2", "0", "0", "1"]
    assert "releves.csv, ligne 3 : releve_le « 2026-06-30 » : déjà présente à la ligne 2" in unwrapped(result.output)
    assert rows.execute("SELECT DISTINCT index_litres FROM reading").fetchall() == [{"index_litres": 812_345}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (READINGS.replace(";", ","), "la première ligne doit nommer les colonnes, séparées par des points-virgules."),
        (READINGS.replace(";", "\t"), "la première ligne doit nommer les colonnes, séparées par des points-virgules."),
        (ROW, "la première ligne doit nommer les colonnes, séparées par des points-virgules."),
        (READINGS.replace(";index", ""), "(lu comme un fichier « relèves ») ; colonne manquante : « index »."),
        (f"{READINGS};note", "(lu comme un fichier « relèves ») ; colonne inconnue : « note »."),
        (f"{READINGS};index", "colonne en double « index »."),
        ("", "Fichier vide."),
    ],
)
def test_a_file_of_no_kind_is_said_in_one_sentence(street: Desk, content: str, said: str):  # noqa: F811
    street.write("releves.csv", content, ROW)

    result = portail("import", street.folder)

    assert result.exit_code == 1
    assert said in unwrapped(result.output)
    assert "refusé" in next(line for line in result.output.splitlines() if "releves.csv" in line and "│" in line)


def test_every_kind_of_file_about_water_is_rehearsed_imported_and_known_again(town_hall: Desk):  # noqa: F811
    for name, lines in FILES.items():
        town_hall.write(name, *lines)

    rehearsal, first, second = (portail("import", *option, town_hall.folder) for option in (["--dry-run"], [], []))

    assert [result.exit_code for result in (rehearsal, first, second)] == [0, 0, 0]
    for name, lines in FILES.items():
        count = str(len(lines) - 1)
        assert numbers(rehearsal.output, name) == numbers(first.output, name) == [count, count, "0", "0", "0"]
        assert numbers(second.output, name) == [count, "0", "0", count, "0"]
    unchanged = "Rien n’a changé : tout était déjà enregistré."
    assert [unchanged in result.output for result in (rehearsal, first, second)] == [False, False, True]
    assert ["rien n’a été enregistré" in result.output for result in (rehearsal, first)] == [True, False]


def unwrapped(output: str) -> str:
    return re.sub(r"\s+", " ", output)
