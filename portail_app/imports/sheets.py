"""One CSV file, read as a stream: its encoding, its header, then its rows by batches."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from portail_app.errors import Refusal
from portail_app.imports.declarations import FileKind
from portail_app.imports.reports import FileReport

BATCH_ROWS = 100
LONGEST_LINE = 1 << 20
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Batch(NamedTuple):
    """Rows and, beside them, the number of the line where each starts."""

    lines: list[int]
    rows: list[list[str]]


class Sheet:
    """An open CSV file whose kind was recognised by its header."""

    def __init__(self, path: Path, kinds: Sequence[FileKind]) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._file = path.open("rb")
        try:
            self._reader = csv.reader(_decoded_lines(self._file), delimiter=";", strict=True)
            self.header = _read_header(self._reader)
            self.kind = recognise(self.header, kinds)
        except BaseException:
            self._file.close()
            raise

    @property
    def position(self) -> int:
        """Bytes read so far, of `size`."""
        return self._file.tell()

    def batches(self, report: FileReport) -> Iterator[Batch]:
        has_more = True
        while has_more:
            batch = Batch([], [])
            has_more = self._read_into(batch, report)
            if batch.rows:
                yield batch

    def _read_into(self, batch: Batch, report: FileReport) -> bool:
        """Rows as wide as the header; others are refused here, blank ones are none. False at the end of the file."""
        reader, width = self._reader, len(self.header)
        first = line = reader.line_num + 1
        try:
            for row in islice(reader, BATCH_ROWS):
                is_blank = not any(map(str.strip, row))
                if len(row) == width and not is_blank:
                    batch.lines.append(line)
                    batch.rows.append(row)
                elif not is_blank:
                    report.refuse_row(line, "", "", f"{len(row)} colonnes au lieu de {width}")
                line = reader.line_num + 1
        except csv.Error:
            report.refuse_row(line, "", "", "ligne illisible : guillemet mal fermé ou valeur démesurée")
            return True
        return line != first

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def recognise(header: Sequence[str], kinds: Sequence[FileKind]) -> FileKind:
    """The kind whose columns these are; of two, the one that asks for more."""
    columns = set(header)
    fitting = [kind for kind in kinds if kind.required <= columns <= kind.origins.keys()]
    if fitting:
        return max(fitting, key=lambda kind: len(kind.required))
    nearest = max(kinds, key=lambda kind: len(columns & kind.origins.keys()) - len(kind.required - columns))
    raise Refusal(_why_unrecognised(columns, nearest))


def _why_unrecognised(columns: set[str], nearest: FileKind) -> str:
    if len(columns & nearest.origins.keys()) < 2:
        return "En-tête non reconnu : la première ligne doit nommer les colonnes, séparées par des points-virgules."
    missing = sorted(nearest.required - columns)
    unknown = sorted(columns - nearest.origins.keys())
    reasons = [
        f"{label} : {', '.join(f'« {name[:40]} »' for name in names[:5])}"
        for label, names in (("colonne manquante", missing), ("colonne inconnue", unknown))
        if names
    ]
    return f"En-tête non reconnu (lu comme un fichier « {nearest.name} ») ; {' ; '.join(reasons)}."


def _read_header(reader: "Iterator[list[str]]") -> list[str]:
    try:
        header = [_plain(name) for name in next(reader, [])]
    except csv.Error:
        raise Refusal("En-tête illisible : ce fichier n’est pas un CSV.") from None
    if not any(header):
        raise Refusal("Fichier vide.")
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        raise Refusal(f"En-tête non reconnu : colonne en double « {doubled[0]} ».")
    return header


def _plain(name: str) -> str:
    """« Échéance » is `echeance`."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def _decoded_lines(file: BinaryIO) -> Iterator[str]:
    """Each line by itself: exports of two programs are sometimes glued into one file."""
    first = file.readline(LONGEST_LINE)
    if first.startswith(UTF_16_MARKS):
        raise Refusal("Fichier en UTF-16 : enregistrez-le en CSV UTF-8.")
    yield _decoded(first.removeprefix(b"\xef\xbb\xbf"))
    for line in iter(partial(file.readline, LONGEST_LINE), b""):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            yield _decoded(line)


def _decoded(line: bytes) -> str:
    """UTF-8, else Windows-1252; its five undefined bytes become surrogates, which no text column accepts."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "surrogateescape")
