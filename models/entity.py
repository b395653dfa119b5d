"""The two bases of every table: what a page may show, and what it never may."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, DateTime, Enum, MetaData
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
metadata: MetaData = SQLModel.metadata


class Entity(SQLModel):
    """A row that a state may hold and a page may show."""


class Secret(SQLModel):
    """A row that no state, page, export or log may hold: hashes, tokens, bodies with a link."""


def now_utc() -> datetime:
    """The default of `created_at` columns: when the row was made, not a business rule."""
    return datetime.now(UTC)


def instant(*, nullable: bool = False, index: bool = False, default_now: bool = False) -> Any:
    """A `timestamptz` column: an aware instant, stored in UTC."""
    column_type: Any = DateTime(timezone=True)
    if default_now:
        return Field(default_factory=now_utc, sa_type=column_type, nullable=nullable, index=index)
    if nullable:
        return Field(default=None, sa_type=column_type, nullable=True, index=index)
    return Field(sa_type=column_type, nullable=False, index=index)


def choice(values: type[StrEnum], **field: Any) -> Any:
    """A column of a `StrEnum`, stored by value in a text column with a check."""
    kind = Enum(values, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e])
    column: Column[Any] = Column(kind, nullable=field.pop("nullable", False), index=field.pop("index", False))
    return Field(sa_column=column, **field)
