"""A sheet's rows, converted and sent by `COPY` into a temporary table of the columns' own types."""

from collections.abc import Iterable, Iterator, Sequence

from psycopg import Connection, sql
from sqlalchemy.dialects import postgresql

from portail_app.imports.conventions import Unreadable
from portail_app.imports.converters import Converter
from portail_app.imports.declarations import Origin, table_of
from portail_app.imports.reports import FileReport
from portail_app.imports.sheets import Batch, Sheet

STAGING = sql.Identifier("import_staging")
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def stage(connection: Connection, sheet: Sheet, report: FileReport) -> int:
    """How many rows were staged; the others are refused in `report`."""
    converters = [Converter(sheet.kind.origins[column]) for column in sheet.header]
    staged = 0
    with connection.cursor() as cursor:
        cursor.execute(_create(sheet))
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(STAGING)) as copy:
            for batch in sheet.batches(report):
                rows = _convert(batch, sheet.header, converters, report)
                copy.write("".join(rows))
                staged += len(rows)
                report.on_progress(sheet.position, sheet.size)
        cursor.execute(_analyse(sheet))
    return staged


def _create(sheet: Sheet) -> sql.Composed:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(_staged_type(sheet.kind.origins[column])))
        for column in sheet.header
    ]
    return sql.SQL("CREATE TEMPORARY TABLE {} (line int, {})").format(STAGING, sql.SQL(", ").join(columns))


def _analyse(sheet: Sheet) -> sql.Composed:
    """The columns that are joined on are enough for a good plan."""
    joined = dict.fromkeys((*sheet.kind.key_columns, *(reference.column for reference in sheet.kind.chain)))
    return sql.SQL("ANALYZE {} ({})").format(STAGING, sql.SQL(", ").join(map(sql.Identifier, joined)))


def _staged_type(origin: Origin) -> str:
    declared = table_of(origin.entity).columns[origin.field].type.compile(DIALECT)
    return "text" if declared.startswith("VARCHAR") else declared


def _convert(batch: Batch, header: Sequence[str], converters: Sequence[Converter], report: FileReport) -> list[str]:
    """The batch as lines for `COPY`: whole columns at a time, cell by cell only where one is refused."""
    columns: list[Iterable[str]] = [map(str, batch.lines)]
    refused: set[int] = set()
    for name, converter, cells in zip(header, converters, zip(*batch.rows, strict=True), strict=True):
        try:
            columns.append(list(map(converter.__getitem__, cells)))
        except Unreadable:
            columns.append(list(_convert_cells(name, converter, cells, batch.lines, refused, report)))
    report.read += len(batch.rows)
    report.refused += len(refused)
    rows = ["\t".join(row) + "\n" for row in zip(*columns, strict=True)]
    return [row for place, row in enumerate(rows) if place not in refused] if refused else rows


def _convert_cells(
    column: str,
    converter: Converter,
    cells: Sequence[str],
    lines: Sequence[int],
    refused: set[int],
    report: FileReport,
) -> Iterator[str]:
    for place, cell in enumerate(cells):
        try:
            yield converter[cell]
        except Unreadable as reason:
            refused.add(place)
            report.explain(lines[place], column, cell, str(reason))
            yield ""
