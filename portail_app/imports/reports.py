"""What an import tells: counts for each file, and every refused row with line, column and reason."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

FORMULA_STARTS = ("=", "+", "-", "@", "\t")
SHOWN_VALUE = 60


class RefusedRow(NamedTuple):
    """One reason; a row may have several. Line 0 is the file itself."""

    file: str
    line: int
    column: str
    value: str
    reason: str


class RefusalLog:
    """Every refusal goes to the report file, if one is wanted; only the first few stay in memory."""

    def __init__(self, path: Path | None = None, shown: int = 20) -> None:
        self.first: list[RefusedRow] = []
        self.count = 0
        self._shown = shown
        self._file: IO[str] | None = path.open("w", encoding="utf-8-sig", newline="") if path else None
        self._write = csv.writer(self._file, delimiter=";").writerow if self._file else None
        if self._write:
            self._write(("fichier", "ligne", "colonne", "valeur", "motif"))

    def add(self, refused: RefusedRow) -> None:
        self.count += 1
        if len(self.first) < self._shown:
            self.first.append(refused)
        if self._write:
            self._write([_harmless(str(cell)) for cell in refused])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()


@dataclass
class FileReport:
    """What became of one file. `refused` counts rows, the log counts reasons."""

    file: str
    log: RefusalLog
    kind: str = ""
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    on_progress: Callable[[int, int], None] = field(default=lambda done, total: None, repr=False)

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        return self.read, self.new, self.changed, self.unchanged, self.refused

    def refuse_file(self, reason: str) -> None:
        self.log.add(RefusedRow(self.file, 0, "", "", reason))

    def refuse_row(self, line: int, column: str, value: str, reason: str) -> None:
        """A row that goes no further."""
        self.read += 1
        self.refused += 1
        self.explain(line, column, value, reason)

    def explain(self, line: int, column: str, value: str, reason: str) -> None:
        self.log.add(RefusedRow(self.file, line, column, value[:SHOWN_VALUE], reason))


def _harmless(cell: str) -> str:
    """A spreadsheet must not run what a refused cell contains."""
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cell)
    return f"'{printable}" if cell.startswith(FORMULA_STARTS) else printable
