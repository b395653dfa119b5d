"""One import: which files, in which order, under one lock, for good or as a rehearsal."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from portail_app.errors import Refusal
from portail_app.gateways.storage import Shelf
from portail_app.imports.consumption_kinds import CONTRACTS, DAILY_VOLUMES, METERS, READINGS
from portail_app.imports.csv_files import import_sheet
from portail_app.imports.declarations import FileKind
from portail_app.imports.kinds import KINDS
from portail_app.imports.pdf_files import import_pdfs
from portail_app.imports.reports import FileReport, RefusalLog
from portail_app.imports.sheets import Sheet
from portail_app.jobs.leaks import look_for_leaks

LOCK = 0x696D706F7274
TELLING_OF_LEAKS = {CONTRACTS.name, DAILY_VOLUMES.name, METERS.name, READINGS.name}
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
        with _locked_connection(self.url) as connection, ExitStack() as rehearsal:
            if self.store.is_rehearsal:
                rehearsal.enter_context(connection.transaction(force_rollback=True))
            reports = self._import_sheets(connection, [path for path in files if path.suffix.lower() != ".pdf"])
            if any(report.kind in TELLING_OF_LEAKS for report in reports):
                look_for_leaks(connection)
            return reports + self._import_pdfs(connection, [path for path in files if path.suffix.lower() == ".pdf"])

    def _import_sheets(self, connection: psycopg.Connection, paths: Sequence[Path]) -> list[FileReport]:
        """In the order in which the kinds need each other."""
        reports = {path: self._report(path.name) for path in paths}
        by_kind = sorted(paths, key=lambda path: self._rank(path, reports[path]))
        for path in by_kind:
            if reports[path].kind:
                with Sheet(path, self.kinds) as sheet:
                    import_sheet(connection, sheet, reports[path])
        return [reports[path] for path in by_kind]

    def _rank(self, path: Path, report: FileReport) -> int:
        """The place of the file's kind; a file that is of none is refused here."""
        try:
            with Sheet(path, self.kinds) as sheet:
                report.kind = sheet.kind.name
                return self.kinds.index(sheet.kind)
        except Refusal as refusal:
            report.refuse_file(refusal.sentence)
            return len(self.kinds)

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


@contextmanager
def _locked_connection(url: str) -> Iterator[psycopg.Connection]:
    """One import at a time; the lock goes with the connection, even when the process is killed."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row != (True,):
            raise Refusal("Un autre import est en cours. Attendez qu’il se termine, puis relancez celui-ci.")
        connection.execute("SET work_mem = '64MB'")
        connection.execute("SET temp_buffers = '64MB'")
        try:
            yield connection
        finally:
            with suppress(
                psycopg.Error
            ):  # at once, so that the next import does not meet this connection's last moment
                connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
