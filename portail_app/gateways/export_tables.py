"""A table as CSV or JSON, written in batches into a member of a zip file."""

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import IO, Any

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # spreadsheets want a byte order mark
Row = Sequence[Any]


class TableWriter:
    def __init__(self, member: IO[bytes], columns: tuple[str, ...]) -> None:
        self._member = member
        self._columns = columns
        self._begin()

    def write(self, rows: Sequence[Row]) -> None:
        raise NotImplementedError

    def end(self) -> None:
        """Nothing more to write."""

    def _begin(self) -> None:
        """Before the first row."""

    def _values(self, row: Row) -> list[Any]:
        """A column that ends in `_euros` is given in cents."""
        pairs = zip(self._columns, row, strict=True)
        return [_euros(value) if name.endswith("_euros") else value for name, value in pairs]


class CsvWriter(TableWriter):
    """Semicolons, decimal commas and a byte order mark: what a French spreadsheet opens."""

    def write(self, rows: Sequence[Row]) -> None:
        self._put([[_cell(value) for value in self._values(row)] for row in rows])

    def _begin(self) -> None:
        self._member.write(MARK.encode())
        self._put([self._columns])

    def _put(self, rows: Sequence[Row]) -> None:
        text = StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        self._member.write(text.getvalue().encode())


class JsonWriter(TableWriter):
    """One list of objects."""

    _separator = "["

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            value = dict(zip(self._columns, map(_plain, self._values(row)), strict=True))
            self._member.write(f"{self._separator}\n{json.dumps(value, ensure_ascii=False)}".encode())
            self._separator = ","

    def end(self) -> None:
        self._member.write(b"\n]\n" if self._separator == "," else b"[]\n")


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _cell(value: Any) -> str:
    """A spreadsheet must not take what somebody wrote for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    written = str(value)
    return f"'{written}" if written[:1] in "=+-@\t\r" and written else written
