"""The subscribers whom staff serve: found by name, number or address, to do something in their name."""

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import Subscriber
from portail_app.errors import Forbidden, NotFound
from portail_app.viewer import Viewer

MOST_FOUND = 20


async def search_served(session: AsyncSession, viewer: Viewer, search: str) -> tuple[Subscriber, ...]:
    """By name: each word is a part of the name, the number, the address, the mail or the phone. Nobody for no word."""
    words = search.split()
    if not words:
        return ()
    wanted = _served_by(viewer).where(and_(*map(_matches, words)))
    found = await session.exec(wanted.order_by(col(Subscriber.name), col(Subscriber.number)).limit(MOST_FOUND))
    return tuple(found)


async def find_served(session: AsyncSession, viewer: Viewer, subscriber_id: int) -> Subscriber:
    found = (await session.exec(_served_by(viewer).where(Subscriber.id == subscriber_id))).one_or_none()
    if found is None:
        raise NotFound("Abonné")
    return found


def _served_by(viewer: Viewer) -> SelectOfScalar[Subscriber]:
    if not viewer.is_staff:
        raise Forbidden
    return select(Subscriber).where(col(Subscriber.utility_id).in_(viewer.staffed_utility_ids))


def _matches(word: str) -> ColumnElement[bool]:
    known = (
        Subscriber.name,
        Subscriber.number,
        Subscriber.address,
        Subscriber.city,
        Subscriber.email,
        Subscriber.phone,
    )
    return or_(*(col(column).icontains(word, autoescape=True) for column in known))
