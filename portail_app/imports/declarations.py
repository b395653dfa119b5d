"""How one kind of file is declared: its French columns, the fields they fill, and how rows are known again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, cast

from sqlalchemy import Table
from sqlmodel import SQLModel


class Origin(NamedTuple):
    """The field that says what a column of the file may hold."""

    entity: type[SQLModel]
    field: str

    @property
    def is_required(self) -> bool:
        return self.entity.model_fields[self.field].is_required()


@dataclass(frozen=True)
class Reference:
    """A row of another table, named in the file by its natural key.

    `within` is the row that it belongs to: a subscriber's number means something in one utility only. A missing row is
    a refusal, unless `creates` says which further columns fill it: then it is made, and never changed afterwards.
    """

    entity: type[SQLModel]
    key: str
    column: str
    unknown: str
    within: "Reference | None" = None
    creates: tuple[tuple[str, str], ...] = ()

    @property
    def chain(self) -> "tuple[Reference, ...]":
        """What it is within, outermost first, then itself."""
        return (*(self.within.chain if self.within else ()), self)


@dataclass(frozen=True)
class Check:
    """A rule between columns of one row, in SQL; the first column is the one to blame."""

    columns: tuple[str, ...]
    holds: str
    reason: str


@dataclass(frozen=True)
class FileKind:
    """One kind of CSV file: adding one is writing one of these and its line in `docs/import.md`.

    `columns` maps the file's columns to the entity's fields, `references` the entity's foreign keys to what they name.
    Both the type and the limits of a column come from the entity; a field without default is a required column.
    """

    name: str
    entity: type[SQLModel]
    key: tuple[str, ...]
    columns: Mapping[str, str]
    references: Mapping[str, Reference] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    also_required: frozenset[str] = frozenset()

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Every column that such a file may have."""
        of_references = {column: origin for reference in self.chain for column, origin in _origins(reference)}
        return of_references | {column: Origin(self.entity, name) for column, name in self.columns.items()}

    @cached_property
    def required(self) -> frozenset[str]:
        named = {reference.column for reference in self.chain}
        filled = {column for column, origin in self.origins.items() if origin.is_required}
        return frozenset(named | filled | self.also_required)

    @cached_property
    def chain(self) -> tuple[Reference, ...]:
        """Every reference, each after the one it is within."""
        return tuple(dict.fromkeys(step for reference in self.references.values() for step in reference.chain))

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the file that tell two rows apart."""
        column_of = {name: column for column, name in self.columns.items()}
        return tuple(dict.fromkeys(column for name in self.key for column in self._columns_of(name, column_of)))

    @property
    def unique_columns(self) -> Mapping[str, str]:
        """Columns that no two rows may share though they are no key, with their fields."""
        unique = table_of(self.entity).columns
        return {column: name for column, name in self.columns.items() if unique[name].unique and name not in self.key}

    def _columns_of(self, name: str, column_of: Mapping[str, str]) -> tuple[str, ...]:
        if name in self.references:
            return tuple(step.column for step in self.references[name].chain)
        return (column_of[name],)


def table_of(entity: type[SQLModel]) -> Table:
    return cast(Table, entity.__table__)  # type: ignore[attr-defined]


def _origins(reference: Reference) -> Iterator[tuple[str, Origin]]:
    yield reference.column, Origin(reference.entity, reference.key)
    for column, name in reference.creates:
        yield column, Origin(reference.entity, name)
