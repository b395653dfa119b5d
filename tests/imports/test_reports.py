"""The file of refusals: a spreadsheet opens it, shows what was typed, and runs nothing of it."""

import csv
from pathlib import Path

import pytest

from portail_app.imports.reports import SHOWN_VALUE, FileReport, RefusalLog


def written(path: Path, value: str) -> list[str]:
    """The cells of the only refusal."""
    with RefusalLog(path) as log:
        FileReport("relevé.csv", log).refuse_row(3, "index", value, "nombre illisible")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1]


@pytest.mark.parametrize("value", ["=1+1", "+33 6 12", "-12", "@SUM(A1)", "\tcaché"])
def test_what_a_spreadsheet_would_run_is_written_as_words(tmp_path: Path, value: str):
    assert written(tmp_path / "refus.csv", value)[3].startswith("'")


@pytest.mark.parametrize("value", ["douze", "12;5", 'dit "le Moulin"', "été", ""])
def test_what_was_typed_is_read_back_as_it_was(tmp_path: Path, value: str):
    assert written(tmp_path / "refus.csv", value) == ["relevé.csv", "3", "index", value, "nombre illisible"]


def test_what_cannot_be_printed_is_shown_as_such_and_a_long_value_by_its_beginning(tmp_path: Path):
    assert written(tmp_path / "refus.csv", "a\x07b\nc")[3] == "a\ufffdb\ufffdc"
    assert written(tmp_path / "refus.csv", "x" * 5_000)[3] == "x" * SHOWN_VALUE
