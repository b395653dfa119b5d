"""One table of a copy of all one's data: a statement, whose columns are named as people read them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlmodel import col


@dataclass(frozen=True)
class Section:
    """`name` is that of its files; a column whose name ends in `_euros` holds cents, and is written in euros."""

    name: str
    statement: Select[Any]


def named(**columns: Any) -> list[ColumnElement[Any]]:
    return [col(column).label(name) for name, column in columns.items()]
