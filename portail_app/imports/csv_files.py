"""One CSV file becomes rows: staged, checked as a set, written, all within one transaction."""

from collections.abc import Iterator
from typing import NamedTuple

from psycopg import Connection, sql

from portail_app.imports.declarations import table_of
from portail_app.imports.reports import FileReport
from portail_app.imports.sheets import Sheet
from portail_app.imports.staging import STAGING, stage
from portail_app.imports.statements import Statements


class SetCheck(NamedTuple):
    """A statement that removes wrong rows and returns line, value and, for a duplicate, the earlier line."""

    column: str
    reason: str
    removal: sql.Composed


def import_sheet(connection: Connection, sheet: Sheet, report: FileReport) -> None:
    statements = Statements(sheet.kind, sheet.header)
    with connection.transaction():
        staged = stage(connection, sheet, report)
        _analyse_new_tables(connection, statements)
        refused = sum(_refuse(connection, check, report) for check in _set_checks(statements))
        _create_missing(connection, statements)
        report.new, report.changed = _upsert(connection, statements)
        connection.execute(sql.SQL("DROP TABLE {}").format(STAGING))
    report.refused += refused
    report.unchanged = staged - refused - report.new - report.changed


def _analyse_new_tables(connection: Connection, statements: Statements) -> None:
    """A table of two rows is never analysed by itself, and the plan of the joins would be far off."""
    for reference in statements.kind.chain:
        name = table_of(reference.entity).name
        if connection.execute("SELECT FROM pg_class WHERE oid = %s::regclass AND reltuples < 0", (name,)).rowcount:
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))


def _set_checks(statements: Statements) -> Iterator[SetCheck]:
    """What only the database, or the whole set of rows, shows to be wrong."""
    kind = statements.kind
    for reference in kind.chain:
        if not reference.creates:
            yield SetCheck(reference.column, reference.unknown, statements.refuse_unknown(reference))
    for check in kind.checks:
        if set(check.columns) <= set(statements.header):
            yield SetCheck(check.columns[0], check.reason, statements.refuse_failing(check))
    yield SetCheck(kind.key_columns[-1], "déjà présente à la ligne {}", statements.refuse_duplicates())
    for column, field in kind.unique_columns.items():
        if column in statements.header:
            yield SetCheck(column, "déjà prise par une autre", statements.refuse_taken(column, field))


def _refuse(connection: Connection, check: SetCheck, report: FileReport) -> int:
    refused = 0
    for line, value, earlier in connection.cursor().stream(check.removal):
        report.explain(line, check.column, value, check.reason.format(earlier))
        refused += 1
    return refused


def _create_missing(connection: Connection, statements: Statements) -> None:
    for reference in statements.kind.chain:
        if reference.creates:
            connection.execute(statements.create_missing(reference))


def _upsert(connection: Connection, statements: Statements) -> tuple[int, int]:
    row = connection.execute(statements.upsert()).fetchone()
    assert row is not None
    new, changed = row
    return new, changed
