"""CSV files as spreadsheets and billing software write them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol


class Writer(Protocol):
    """What the csv module calls a writer, and does not name."""

    def writerow(self, row: Iterable[object], /) -> object: ...
    def writerows(self, rows: Iterable[Iterable[object]], /) -> object: ...


def open_csv(files: ExitStack, path: Path, header: Sequence[str]) -> Writer:
    """With a byte order mark, which spreadsheets want; the `utf-8-sig` codec, in Python, is slow for many rows."""
    file = files.enter_context(path.open("w", encoding="utf-8", newline=""))
    file.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(header)
    return writer


def write_records(path: Path, records: Sequence[Mapping[str, str]]) -> None:
    """All of a file at once; the first record names the columns."""
    with ExitStack() as files:
        open_csv(files, path, list(records[0])).writerows(record.values() for record in records)
