"""The SQL that checks staged rows and writes them, composed from a kind's declaration."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from psycopg import sql
from sqlmodel import SQLModel

from portail_app.imports.declarations import Check, FileKind, Reference, table_of
from portail_app.imports.staging import STAGING

UNKNOWN = sql.SQL("DELETE FROM {staging} AS staged WHERE NOT EXISTS (SELECT FROM {chain}) RETURNING line, {name}, NULL")
DUPLICATES = sql.SQL(
    "WITH doubled AS (SELECT {keys}, min(line) AS first FROM {staging} AS staged GROUP BY {keys} HAVING count(*) > 1)"
    " DELETE FROM {staging} AS staged USING doubled WHERE ({keys}) = ({doubled}) AND staged.line > doubled.first"
    " RETURNING staged.line, staged.{last}::text, doubled.first"
)
FAILING = sql.SQL("DELETE FROM {staging} AS staged WHERE NOT ({holds}) RETURNING line, {blamed}::text, NULL")
TAKEN = sql.SQL(
    "DELETE FROM {staging} AS staged WHERE"
    " EXISTS (SELECT FROM {staging} AS other WHERE other.{column} = staged.{column} AND other.line < staged.line)"
    " OR EXISTS (SELECT FROM {table} AS known WHERE known.{field} = staged.{column} AND ({known_key}) <> ({key}))"
    " RETURNING line, {column}::text, NULL"
)
CREATION = sql.SQL(
    "INSERT INTO {table} ({fields}) SELECT DISTINCT ON ({name}) {values} FROM {staging} AS staged"
    " WHERE NOT EXISTS (SELECT FROM {chain}) ON CONFLICT DO NOTHING"
)
# Known and equal rows are left out before the insert: a conflict, even one that updates nothing, locks the row and uses
# up a number of the `id` sequence.
UPSERT = sql.SQL(
    "WITH written AS (INSERT INTO {table} AS target ({fields})"
    " SELECT {values} FROM {staging} AS staged{joins} LEFT JOIN {table} AS known ON ({known_key}) = ({key_values})"
    " WHERE known.{first_key} IS NULL OR ({known}) IS DISTINCT FROM ({given})"
    " ON CONFLICT ({key}) DO UPDATE SET {assignments} WHERE ({target}) IS DISTINCT FROM ({excluded})"
    " RETURNING target.xmax = 0 AS is_new)"
    " SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
)
ASSIGNMENT = sql.SQL("{0} = excluded.{0}")


@dataclass(frozen=True)
class Statements:
    """For one kind and the columns that the file has: a field whose column it lacks is left as it is."""

    kind: FileKind
    header: Sequence[str]

    def refuse_unknown(self, reference: Reference) -> sql.Composed:
        """Removes rows that name what does not exist. As the next three, returns line, value to blame, earlier line."""
        return UNKNOWN.format(staging=STAGING, chain=_chain(reference), name=_cell(reference.column))

    def refuse_duplicates(self) -> sql.Composed:
        """Removes every row whose key an earlier line has."""
        return DUPLICATES.format(
            staging=STAGING,
            keys=_list(map(_cell, self.kind.key_columns)),
            doubled=_names(self.kind.key_columns, "doubled"),
            last=sql.Identifier(self.kind.key_columns[-1]),
        )

    def refuse_failing(self, check: Check) -> sql.Composed:
        """Removes rows that break a rule."""
        return FAILING.format(staging=STAGING, holds=sql.SQL(check.holds), blamed=_cell(check.columns[0]))

    def refuse_taken(self, column: str, field: str) -> sql.Composed:
        """Removes rows whose value, unique though no key, is another row's."""
        return TAKEN.format(
            staging=STAGING,
            table=_table(self.kind.entity),
            column=sql.Identifier(column),
            field=sql.Identifier(field),
            known_key=_names(self.kind.key, "known"),
            key=_list(map(_cell, self.kind.key_columns)),
        )

    def create_missing(self, reference: Reference) -> sql.Composed:
        values: dict[str, sql.Composable] = {reference.key: _cell(reference.column)}
        values |= {name: _cell(column) for column, name in reference.creates if column in self.header}
        values |= _defaults(reference.entity, values)
        return CREATION.format(
            table=_table(reference.entity),
            fields=_names(values),
            name=_cell(reference.column),
            values=_list(values.values()),
            staging=STAGING,
            chain=_chain(reference),
        )

    def upsert(self) -> sql.Composed:
        """Writes what is new or has changed, and counts both."""
        key, updated, values = self.kind.key, self._updated, self._values
        return UPSERT.format(
            table=_table(self.kind.entity),
            fields=_names(values),
            values=_list(values.values()),
            staging=STAGING,
            joins=sql.Composed([_join(reference) for reference in self.kind.chain]),
            key=_names(key),
            first_key=sql.Identifier(key[0]),
            known_key=_names(key, "known"),
            key_values=_list(values[name] for name in key),
            known=_names(updated, "known"),
            given=_list(values[name] for name in updated),
            assignments=_list(ASSIGNMENT.format(sql.Identifier(name)) for name in updated),
            target=_names(updated, "target"),
            excluded=_names(updated, "excluded"),
        )

    @property
    def _values(self) -> dict[str, sql.Composable]:
        """What a new row holds: what the file says, and for the other fields their default."""
        return self._given | _defaults(self.kind.entity, self._given)

    @property
    def _updated(self) -> list[str]:
        """The fields that an import may change. A kind that is nothing but a key compares the key, which is equal."""
        return [name for name in self._given if name not in self.kind.key] or list(self.kind.key)

    @cached_property
    def _given(self) -> dict[str, sql.Composable]:
        cells = {name: _cell(column) for column, name in self.kind.columns.items() if column in self.header}
        named = {name: sql.Identifier(target.column, "id") for name, target in self.kind.references.items()}
        return {**named, **cells}


def _defaults(entity: type[SQLModel], given: Collection[str]) -> dict[str, sql.Composable]:
    """Defaults live in the entities, not in the database."""
    missing = [column.name for column in table_of(entity).columns if column.name not in given and column.name != "id"]
    values = {name: entity.model_fields[name].get_default(call_default_factory=True) for name in missing}
    return {
        name: sql.Literal(value.value if isinstance(value, StrEnum) else value)
        for name, value in values.items()
        if value is not None
    }


def _chain(reference: Reference) -> sql.Composed:
    """`FROM` the row that a cell names, through what it is within; each goes by the name of its column."""
    tables = _list(map(_aliased, reference.chain))
    return sql.SQL("{} WHERE {}").format(tables, sql.SQL(" AND ").join(map(_matches, reference.chain)))


def _join(reference: Reference) -> sql.Composed:
    return sql.SQL(" JOIN {} ON {}").format(_aliased(reference), _matches(reference))


def _aliased(reference: Reference) -> sql.Composed:
    return sql.SQL("{} AS {}").format(_table(reference.entity), sql.Identifier(reference.column))


def _matches(reference: Reference) -> sql.Composable:
    named = sql.SQL("{} = {}").format(sql.Identifier(reference.column, reference.key), _cell(reference.column))
    if reference.within is None:
        return named
    owner = sql.Identifier(reference.column, f"{table_of(reference.within.entity).name}_id")
    return sql.SQL("{} AND {} = {}").format(named, owner, sql.Identifier(reference.within.column, "id"))


def _table(entity: type[SQLModel]) -> sql.Identifier:
    return sql.Identifier(table_of(entity).name)


def _cell(column: str) -> sql.Identifier:
    return sql.Identifier("staged", column)


def _names(names: Iterable[str], *table: str) -> sql.Composed:
    return _list(sql.Identifier(*table, name) for name in names)


def _list(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)
