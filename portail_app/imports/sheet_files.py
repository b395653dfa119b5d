"""Several CSV files, imported in the order in which their kinds need each other."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from psycopg import Connection

from portail_app.errors import Refusal
from portail_app.imports.consumption_kinds import CONTRACTS, DAILY_VOLUMES, METERS, READINGS
from portail_app.imports.csv_files import import_sheet
from portail_app.imports.declarations import FileKind
from portail_app.imports.reports import FileReport
from portail_app.imports.sheets import Sheet
from portail_app.jobs.leaks import look_for_leaks

TELLING_OF_LEAKS = {CONTRACTS.name, DAILY_VOLUMES.name, METERS.name, READINGS.name}


def import_sheets(
    connection: Connection, reports: Mapping[Path, FileReport], kinds: Sequence[FileKind]
) -> list[FileReport]:
    """Fills each file's report; they are given back in the order in which their files were imported.

    Leaks are looked for once all of it is committed, where any of the files can tell of one.
    """
    by_kind = sorted(reports, key=lambda path: _rank(path, reports[path], kinds))
    for path in by_kind:
        if reports[path].kind:
            with Sheet(path, kinds) as sheet:
                import_sheet(connection, sheet, reports[path])
    if any(report.kind in TELLING_OF_LEAKS for report in reports.values()):
        look_for_leaks(connection)
    return [reports[path] for path in by_kind]


def _rank(path: Path, report: FileReport, kinds: Sequence[FileKind]) -> int:
    """The place of the file's kind; a file that is of none is refused here."""
    try:
        with Sheet(path, kinds) as sheet:
            report.kind = sheet.kind.name
            return kinds.index(sheet.kind)
    except Refusal as refusal:
        report.refuse_file(refusal.sentence)
        return len(kinds)
