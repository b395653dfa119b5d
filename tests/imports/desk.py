"""A folder of files beside a database: what an operator has in front of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portail_app.gateways.file_store import FileStore
from portail_app.imports.declarations import FileKind
from portail_app.imports.kinds import KINDS
from portail_app.imports.reports import FileReport, RefusalLog, RefusedRow
from portail_app.imports.runs import ImportRun

INVOICES = "collectivite;abonne;facture;date;echeance;montant"
ALICES_INVOICE = "demo;100001;2017-020-002059;10/07/2017;21/07/2017;243,11"


@dataclass(frozen=True)
class Outcome:
    """What an import told: counts by file as (lues, nouvelles, modifiées, inchangées, refusées), and the refusals."""

    reports: list[FileReport]
    refused: list[RefusedRow]
    refusals: int

    def counts(self, file: str) -> tuple[int, int, int, int, int]:
        return next(report.counts for report in self.reports if report.file == file)

    @property
    def reasons(self) -> list[str]:
        return [refused.reason for refused in self.refused]

    @property
    def places(self) -> list[tuple[int, str]]:
        return [(refused.line, refused.column) for refused in self.refused]


@dataclass(frozen=True)
class Desk:
    root: Path
    url: str
    kinds: Sequence[FileKind] = KINDS

    @property
    def folder(self) -> Path:
        """The files to import."""
        folder = self.root / "depot"
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def store(self) -> FileStore:
        return FileStore(self.root / "files")

    def write(self, name: str, *lines: str, encoding: str = "utf-8") -> Path:
        return self.write_bytes(name, ("\r\n".join(lines) + "\r\n").encode(encoding))

    def write_bytes(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def clear(self) -> None:
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    def run(self, *paths: Path, dry_run: bool = False, report: Path | None = None, shown: int = 100) -> Outcome:
        store = FileStore(self.store.folder, is_rehearsal=dry_run)
        with RefusalLog(report, shown) as log:
            reports = ImportRun(self.url, store, log, kinds=self.kinds).execute(paths or [self.folder])
            return Outcome(reports, log.first, log.count)
