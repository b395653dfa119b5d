"""Entities made from the columns that a prepared statement read."""

from collections.abc import Iterator, Sequence
from enum import EnumType
from functools import cache
from typing import Any, TypeVar, cast, get_args

from models import Entity

Made = TypeVar("Made", bound=Entity)


def shown(entity: type[Entity]) -> tuple[Any, ...]:
    """Every column, in the order that `made` expects."""
    return tuple(getattr(entity, name) for name in entity.model_fields)


def made(entity: type[Made], row: Sequence[Any]) -> tuple[Made, Sequence[Any]]:
    """An entity from the first columns of a row, without the ORM, and the columns that are left."""
    fields = _fields(entity)
    values = {
        name: value if choice is None or value is None else choice(value)
        for (name, choice), value in zip(fields, row, strict=False)
    }
    return cast(Made, entity.model_construct(None, **values)), row[len(fields) :]


@cache
def _fields(entity: type[Entity]) -> tuple[tuple[str, EnumType | None], ...]:
    """Each with the enumeration that its values are of, if they are of one; a column that may be empty has one too."""
    return tuple((name, next(_enums(field.annotation), None)) for name, field in entity.model_fields.items())


def _enums(annotation: Any) -> Iterator[EnumType]:
    return (kind for kind in (annotation, *get_args(annotation)) if isinstance(kind, EnumType))
