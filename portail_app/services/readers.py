"""Whom a document is for, and finding one subscriber by what staff know of them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import StaffRank, Subscriber
from portail_app.errors import Forbidden, NotFound
from portail_app.services.permissions import require_rank, utilities_at
from portail_app.viewer import Viewer

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Readers:
    """A number is one subscriber; words and a town narrow down; nothing at all is everybody."""

    utility_id: int
    number: str = ""
    words: str = ""
    city: str = ""
    only_direct_debit: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A subscriber as staff tell them from another."""

    id: int
    number: str
    name: str
    place: str


def check_publisher(viewer: Viewer, utility_id: int) -> int:
    """To everybody at once as to one: managers."""
    return require_rank(viewer, utility_id, StaffRank.MANAGER)


def find_publisher_utility(viewer: Viewer) -> int:
    """One where the viewer may publish, to whom a file belongs until it is said whom it is for."""
    managed = utilities_at(viewer, StaffRank.MANAGER)
    if not managed:
        raise Forbidden
    return min(managed)


async def count_readers(session: AsyncSession, viewer: Viewer, readers: Readers) -> int:
    check_publisher(viewer, readers.utility_id)
    return (await session.exec(select(func.count()).where(*conditions_of(readers)))).one()


async def list_reader_ids(session: AsyncSession, readers: Readers) -> list[int]:
    found = (await session.exec(select(Subscriber.id).where(*conditions_of(readers)))).all()
    return [subscriber_id for subscriber_id in found if subscriber_id is not None]


async def search_subscribers(session: AsyncSession, viewer: Viewer, words: str) -> list[Known]:
    """Those of the viewer's utilities whose number, name or address has each of the words; none without words."""
    wanted = select(Subscriber).where(_staffed(viewer), *(_has(word) for word in words.split()))
    if not words.strip():
        return []
    ordered = wanted.order_by(col(Subscriber.name), col(Subscriber.number)).limit(MOST_FOUND)
    return [_known(subscriber) for subscriber in (await session.exec(ordered)).all()]


async def find_subscriber(session: AsyncSession, viewer: Viewer, subscriber_id: int) -> Known:
    """For staff. Somebody of another utility and nobody are the same refusal."""
    wanted = select(Subscriber).where(_staffed(viewer), Subscriber.id == subscriber_id)
    found = (await session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("Abonné")
    return _known(found)


def conditions_of(readers: Readers) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Subscriber.utility_id) == readers.utility_id]
    if readers.number:
        found.append(col(Subscriber.number) == readers.number.strip())
    if readers.words:
        words = readers.words.strip()
        found.append(or_(*(_contains(one, words) for one in (Subscriber.name, Subscriber.address))))
    if readers.city:
        found.append(func.lower(col(Subscriber.city)) == readers.city.strip().lower())
    if readers.only_direct_debit:
        found.append(col(Subscriber.pays_by_direct_debit).is_(True))
    return found


def _staffed(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.is_staff:
        raise Forbidden
    return col(Subscriber.utility_id).in_(viewer.staffed_utility_ids)


def _has(word: str) -> ColumnElement[bool]:
    searched = (Subscriber.number, Subscriber.name, Subscriber.address, Subscriber.city)
    return or_(*(_contains(one, word) for one in searched))


def _contains(column: str, words: str) -> ColumnElement[bool]:
    return col(column).icontains(words, autoescape=True)


def _known(subscriber: Subscriber) -> Known:
    assert subscriber.id is not None
    place = ", ".join(part for part in (subscriber.address, subscriber.city) if part)
    return Known(subscriber.id, subscriber.number, subscriber.name, place)
