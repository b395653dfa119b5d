"""One page of a long list, and how many rows there are on all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.formats import PARIS

PAGE_SIZE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list is asked for; pages count from 1."""

    search: str = ""
    day: date | None = None
    page: int = 1
    size: int = PAGE_SIZE


FIRST_PAGE = Sought()


class Page(list[Row]):
    """The rows of one page; `total` counts those of all pages."""

    def __init__(self, rows: Iterable[Row] = (), total: int = 0) -> None:
        super().__init__(rows)
        self.total = total


async def read_page(session: AsyncSession, wanted: Any, sought: Sought) -> Page[Any]:
    """The page of an ordered statement. Rows are counted only where the page does not tell how many there are."""
    offset = (sought.page - 1) * sought.size
    rows = (await session.exec(wanted.limit(sought.size).offset(offset))).all()
    is_last = 0 < len(rows) < sought.size or (not rows and sought.page == 1)
    return Page(rows, offset + len(rows) if is_last else await _count(session, wanted))


def on_day(at: SQLColumnExpression[datetime], day: date) -> ColumnElement[bool]:
    """Whether an instant is of that day in Paris."""
    midnight, next_midnight = (datetime.combine(one, time(), PARIS) for one in (day, day + timedelta(days=1)))
    return and_(at >= midnight, at < next_midnight)


async def _count(session: AsyncSession, wanted: Select[Any]) -> int:
    counted: Any = select(func.count()).select_from(wanted.order_by(None).subquery())
    return int((await session.exec(counted)).scalar_one())
