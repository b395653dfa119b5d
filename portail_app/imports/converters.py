"""From an entity's field to the convention of its cells, remembered by value so that columns convert at speed."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Enum, Integer, Numeric, String, TypeDecorator

from portail_app.imports.conventions import (
    NULL,
    TEXT_LIMIT,
    Reading,
    Unreadable,
    day,
    decimal_of,
    email,
    hundredths,
    instant,
    one_of,
    paragraphs,
    text_of,
    thousandths,
    truth,
    whole,
)
from portail_app.imports.declarations import Origin, table_of

REMEMBERED_VALUES, REMEMBERED_LENGTH = 10_000, 60


class Converter(dict[str, str]):
    """Text of a cell to text for `COPY`, remembered: a whole column is then mapped at the speed of a look-up."""

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self._read = reading_of(table_of(origin.entity).columns[origin.field])
        self._empty = None if origin.is_required else _written_default(origin)

    def __missing__(self, raw: str) -> str:
        value = raw.strip()
        written = self._read(value) if value else self._when_empty()
        if len(raw) <= REMEMBERED_LENGTH:
            if len(self) >= REMEMBERED_VALUES:
                self.clear()
            self[raw] = written
        return written

    def _when_empty(self) -> str:
        if self._empty is None:
            raise Unreadable("valeur obligatoire")
        return self._empty


def reading_of(column: Column[Any]) -> Reading:
    """The convention of a column follows from its type; the unit of a whole number from its name."""
    if column.name.endswith("_cents"):
        return hundredths("€")
    if column.name.endswith("_basis_points"):
        return hundredths("%")
    if column.name.endswith("_litres"):
        return thousandths("m³")
    if column.name == "email":
        return email
    if column.name.endswith("_text"):
        return paragraphs
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    match kind:
        case Enum(enums=values):
            return one_of(values)
        case String(length=length):
            return text_of(length or TEXT_LIMIT)
        case Numeric(precision=int(precision), scale=int(scale)):
            return decimal_of(precision, scale)
        case Date():
            return day
        case DateTime():
            return instant
        case Boolean():
            return truth
        case Integer():
            return whole
    raise TypeError(f"no convention for {column}")


def _written_default(origin: Origin) -> str:
    value = origin.entity.model_fields[origin.field].get_default(call_default_factory=True)
    match value:
        case None:
            return NULL
        case bool():
            return "t" if value else "f"
        case StrEnum():
            return value.value
    return str(value)
