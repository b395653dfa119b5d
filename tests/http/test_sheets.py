"""Sheets for French spreadsheets: what they hold is read, and never computed."""

import csv

import pytest

from portail_app.http.sheets import attached, harmless, sheet
from portail_app.states.clock import today


def test_a_sheet_says_that_it_is_utf8_and_parts_its_cells_by_semicolons():
    content = sheet(("nom", "ville"), [("Élodie ; née Petit", "Saint-Œuvre"), ('dite "Zoé"', "deux\nlignes")])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert rows == [["nom", "ville"], ["Élodie ; née Petit", "Saint-Œuvre"], ['dite "Zoé"', "deux\nlignes"]]


def test_an_empty_sheet_has_its_header():
    assert sheet(("nom",), []).decode("utf-8-sig").strip() == "nom"


@pytest.mark.parametrize("words", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_compute_is_words(words):
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "Alice", "1-2", "a=b", " =1"])
def test_other_words_are_left_as_they_are(words):
    assert harmless(words) == words


def test_a_file_is_kept_under_its_day_and_by_no_cache():
    answer = attached(b"x", "papier")
    assert answer.headers["content-disposition"] == f'attachment; filename="papier-{today()}.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
