"""How many requests wait, on either side."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Request, RequestStatus
from portail_app.database import execute_sql
from portail_app.reading import Prepared, Reader
from portail_app.services.requests import READABLE
from portail_app.viewer import Scope, Viewer


@dataclass(frozen=True, slots=True)
class RequestsWaiting:
    """For staff: those that somebody must act on, those of them that are the viewer's, those overdue."""

    count: int = 0
    mine: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class OwnRequests:
    """For a subscriber: those that go on, and those that wait for their answer."""

    count: int = 0
    waiting: int = 0


_OPEN = col(Request.closed_at).is_(None)
_OWN = Prepared(
    select(func.count(), func.count().filter(col(Request.status) == RequestStatus.WAITING)).where(
        READABLE[Scope.SUBSCRIBER], _OPEN
    )
)


async def count_for_staff(session: AsyncSession, viewer: Viewer, today: date) -> RequestsWaiting:
    """Of the utilities that the viewer works for."""
    waits = col(Request.status) != RequestStatus.WAITING
    counted = select(
        func.count().filter(waits),
        func.count().filter(waits, col(Request.assignee_id) == viewer.account_id),
        func.count().filter(col(Request.due_on) < today),
    ).where(READABLE[viewer.scope], _OPEN)
    return RequestsWaiting(*(await execute_sql(session, counted, **viewer.bounds)).one())


async def count_for_subscriber(reader: Reader, viewer: Viewer) -> OwnRequests:
    """Of the viewer's own subscribers, also for who is staff besides."""
    (found,) = await reader.rows(_OWN, **viewer.bounds)
    return OwnRequests(*found)
