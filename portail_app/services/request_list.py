"""Lists of requests, twenty at a time: a subscriber's own, and what waits on the staff's desk."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Request, RequestStatus, Subscriber
from portail_app.database import execute_sql
from portail_app.services.requests import READABLE
from portail_app.viewer import Viewer

PAGE_SIZE = 20


class Progress(StrEnum):
    """Which requests, by the name that the URL gives them: all those that go on, all, or those of one status."""

    OPEN = "ouvertes"
    ALL = "toutes"
    NEW = RequestStatus.NEW
    IN_PROGRESS = RequestStatus.IN_PROGRESS
    WAITING = RequestStatus.WAITING
    RESOLVED = RequestStatus.RESOLVED
    REFUSED = RequestStatus.REFUSED
    WITHDRAWN = RequestStatus.WITHDRAWN


class Handler(StrEnum):
    ANYBODY = "tous"
    MINE = "moi"
    NOBODY = "personne"


@dataclass(frozen=True, slots=True)
class RequestQuery:
    """What a list is asked for. `page` counts from 1; `overdue_on` asks for those whose day has passed on it."""

    progress: Progress = Progress.ALL
    handler: Handler = Handler.ANYBODY
    subject: str = ""
    search: str = ""
    overdue_on: date | None = None
    by_due_date: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedRequest:
    number: str
    subject: str
    summary: str
    status: str
    due_on: date
    opened_at: datetime
    changed_at: datetime
    subscriber: str
    handler: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    rows: tuple[ListedRequest, ...]
    total: int


_OPEN = col(Request.closed_at).is_(None)
_agent = aliased(Account)


async def list_requests(session: AsyncSession, viewer: Viewer, query: RequestQuery) -> RequestPage:
    """One page of what the viewer may read: the newest first, or what is due first."""
    order: tuple[Any, ...] = (col(Request.due_on), col(Request.id)) if query.by_due_date else (col(Request.id).desc(),)
    page = (
        _shown(viewer)
        .where(*_conditions(viewer, query))
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((query.page - 1) * PAGE_SIZE)
    )
    found = (await execute_sql(session, page, **viewer.bounds)).all()
    return RequestPage(tuple(ListedRequest(*list(row)[:-1]) for row in found), found[0][-1] if found else 0)


async def find_searched(session: AsyncSession, viewer: Viewer, query: RequestQuery) -> list[int]:
    """Whose requests a search leaves: two subscribers at most; nobody's without a search."""
    if not query.search:
        return []
    askers = (
        select(col(Request.subscriber_id))
        .join(Subscriber, col(Subscriber.id) == col(Request.subscriber_id))
        .where(READABLE[viewer.scope], *_conditions(viewer, query))
    )
    return list((await execute_sql(session, askers.distinct().limit(2), **viewer.bounds)).scalars())


async def list_subjects(session: AsyncSession, viewer: Viewer) -> tuple[str, ...]:
    """To choose from: the kinds of requests that there are."""
    known = select(col(Request.subject)).where(READABLE[viewer.scope]).distinct().order_by(col(Request.subject))
    return tuple((await execute_sql(session, known, **viewer.bounds)).scalars())


def _shown(viewer: Viewer) -> Any:
    columns = (Request.number, Request.subject, Request.summary, Request.status, Request.due_on)
    return (
        select(
            *map(col, columns),
            col(Request.opened_at),
            col(Request.changed_at),
            col(Subscriber.name),
            func.coalesce(func.nullif(_agent.name, ""), _agent.email, "") if viewer.is_staff else literal(""),
            func.count().over(),
        )
        .join(Subscriber, col(Subscriber.id) == col(Request.subscriber_id))
        .join(_agent, col(_agent.id) == col(Request.assignee_id), isouter=True)
        .where(READABLE[viewer.scope])
    )


def _conditions(viewer: Viewer, query: RequestQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.progress is Progress.OPEN:
        conditions.append(_OPEN)
    elif query.progress is not Progress.ALL:
        conditions.append(col(Request.status) == RequestStatus(query.progress))
    if query.handler is not Handler.ANYBODY:
        mine = viewer.account_id if query.handler is Handler.MINE else None
        conditions.append(col(Request.assignee_id).is_not_distinct_from(mine))
    if query.overdue_on is not None:
        conditions += [_OPEN, col(Request.due_on) < query.overdue_on]
    if query.subject:
        conditions.append(col(Request.subject) == query.subject)
    if query.search:
        conditions.append(_matches(query.search))
    return conditions


def _matches(search: str) -> ColumnElement[bool]:
    """A number, or a subscriber's name or number."""
    return or_(
        col(Request.number).icontains(search, autoescape=True),
        col(Subscriber.name).icontains(search, autoescape=True),
        col(Subscriber.number).icontains(search, autoescape=True),
    )
