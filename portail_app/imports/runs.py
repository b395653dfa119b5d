"""One import: which files, in which order, under one lock, for good or as a rehearsal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg

from portail_app.gateways.storage import Shelf
from portail_app.imports.declarations import FileKind
from portail_app.imports.import_lock import locked_connection
from portail_app.imports.kinds import KINDS
from portail_app.imports.pdf_files import import_pdfs
from portail_app.imports.reports import FileReport, RefusalLog
from portail_app.imports.sheet_files import import_sheets

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ImportRun:
    """Where rows and files go, where refusals are told, and whether this is only a rehearsal."""

    url: str
    store: Shelf
    log: RefusalLog
    on_progress: Progress = lambda name, done, total: None
    kinds: Sequence[FileKind] = KINDS

    def execute(self, paths: Iterable[Path]) -> list[FileReport]:
        """Each CSV file is one transaction; a rehearsal wraps them all in one that is rolled back."""
        files = list(_files_under(paths))
        with locked_connection(self.url) as connection, ExitStack() as rehearsal:
            if self.store.is_rehearsal:
                rehearsal.enter_context(connection.transaction(force_rollback=True))
            sheets = [path for path in files if path.suffix.lower() != ".pdf"]
            reports = import_sheets(connection, {path: self._report(path.name) for path in sheets}, self.kinds)
            return reports + self._import_pdfs(connection, [path for path in files if path.suffix.lower() == ".pdf"])

    def _import_pdfs(self, connection: psycopg.Connection, paths: Sequence[Path]) -> list[FileReport]:
        if not paths:
            return []
        report = self._report("PDF")
        report.kind = "pièces PDF"
        import_pdfs(connection, paths, self.store, report)
        return [report]

    def _report(self, name: str) -> FileReport:
        return FileReport(name, self.log, on_progress=lambda done, total: self.on_progress(name, done, total))


def _files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the CSV and PDF files in the folders named, each once."""
    seen: set[Path] = set()
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            wanted = file == path or (file.is_file() and file.suffix.lower() in {".csv", ".pdf"})
            if wanted and file.resolve() not in seen:
                seen.add(file.resolve())
                yield file
