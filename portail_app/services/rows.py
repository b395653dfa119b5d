"""Entities made from the columns that a prepared statement read."""

from collections.abc import Sequence
from enum import EnumType
from typing import Any, TypeVar, cast

from models import Entity

Made = TypeVar("Made", bound=Entity)


def shown(entity: type[Entity]) -> tuple[Any, ...]:
    """Every column, in the order that `made` expects."""
    return tuple(getattr(entity, name) for name in entity.model_fields)


def made(entity: type[Made], row: Sequence[Any]) -> tuple[Made, Sequence[Any]]:
    """An entity from the first columns of a row, without the ORM, and the columns that are left."""
    fields = entity.model_fields
    values = {
        name: field.annotation(value) if isinstance(field.annotation, EnumType) else value
        for (name, field), value in zip(fields.items(), row, strict=False)
    }
    return cast(Made, entity.model_construct(None, **values)), row[len(fields) :]
