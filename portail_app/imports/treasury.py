"""The treasury's statement as staff send it: looked through first, then written, for their own utilities only."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from psycopg import sql

from portail_app.gateways.file_store import FileStore
from portail_app.imports.declarations import Check, FileKind
from portail_app.imports.kinds import STATEMENT_LINES
from portail_app.imports.reports import RefusalLog
from portail_app.imports.runs import ImportRun

REFUSALS_SHOWN = 20
NOT_YOURS = "n’est pas une collectivité dont vous rapprochez les paiements"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """As a page shows it; line 0 is the file itself."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatementReport:
    """Counts of rows; `unshown` are the refusals beyond the first ones."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: tuple[RefusedLine, ...] = ()
    unshown: int = 0

    @property
    def written(self) -> int:
        return self.new + self.changed


def read_statement(url: str, path: Path, codes: Collection[str], *, is_rehearsal: bool) -> StatementReport:
    """In a thread: psycopg's own, as `portail import` does it. A rehearsal is undone at its end. Raises Refusal."""
    with RefusalLog(shown=REFUSALS_SHOWN) as log:
        shelf = FileStore(path.parent, is_rehearsal=is_rehearsal)
        (report,) = ImportRun(url, shelf, log, kinds=(_kind_of(codes),)).execute([path])
    refusals = tuple(RefusedLine(*refused[1:]) for refused in log.first)
    return StatementReport(*report.counts, refusals, log.count - len(refusals))


def _kind_of(codes: Collection[str]) -> FileKind:
    allowed = ", ".join(sql.Literal(code).as_string(None) for code in ["", *sorted(codes)])  # no town has the code ''
    own = Check(("collectivite",), f"collectivite IN ({allowed})", NOT_YOURS)
    return replace(STATEMENT_LINES, checks=(own,))
