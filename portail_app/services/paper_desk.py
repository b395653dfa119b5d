"""Who receives their invoices on paper and who does not, since when and by which words, for the staff who send them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import PaperChoice, Subscriber
from portail_app.errors import Forbidden
from portail_app.services.paging import Page, Sought, read_page
from portail_app.viewer import Viewer

LATELY = timedelta(days=30)


class PaperTab(StrEnum):
    """By the words of the page's address. Who never chose receives paper."""

    PAPERLESS = "sans-papier"
    PAPER = "papier"
    CHOSEN = "choix"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """`chosen_at`, `email` and `words` are the proof of the last choice; of who never chose, nothing."""

    subscriber_id: int
    utility_id: int
    number: str
    name: str
    address: str
    wants_paper: bool
    chosen_at: datetime | None
    email: str
    words: str


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """Of the viewer's utilities; `lately` is how many more are without paper than 30 days ago."""

    subscribers: int = 0
    paperless: int = 0
    lately: int = 0
    per_cent: int = 0


async def list_papers(session: AsyncSession, viewer: Viewer, tab: PaperTab, sought: Sought) -> Page[PaperRow]:
    """The newest choice first, then by name. A search is a part of a subscriber's name or number."""
    wanted = (
        select(Subscriber, _LAST)
        .join(_LAST, col(_LAST.subscriber_id) == col(Subscriber.id), isouter=True)
        .where(_is_served(viewer), _OF_TAB[tab])
    )
    if sought.search:
        wanted = wanted.where(_matches(sought.search))
    newest = col(_LAST.chosen_at).desc().nulls_last()
    found = await read_page(session, wanted.order_by(newest, col(Subscriber.name), col(Subscriber.id)), sought)
    return Page((_row(*one) for one in found), found.total)


async def count_papers(session: AsyncSession, viewer: Viewer, now: datetime) -> PaperFigures:
    left, back = (_has_chosen(since=now - LATELY, wants_paper=wanted) for wanted in (False, True))
    counted = (
        select(
            func.count(),
            func.count().filter(_OF_TAB[PaperTab.PAPERLESS]),
            func.count().filter(left) - func.count().filter(back),
        )
        .select_from(Subscriber)
        .join(_LAST, col(_LAST.subscriber_id) == col(Subscriber.id), isouter=True)
        .where(_is_served(viewer))
    )
    subscribers, paperless, lately = (await session.exec(counted)).one()
    return PaperFigures(subscribers, paperless, lately, round(100 * paperless / max(1, subscribers)))


def _is_served(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.is_staff:
        raise Forbidden
    return col(Subscriber.utility_id).in_(viewer.staffed_utility_ids)


def _has_chosen(*, since: datetime, wants_paper: bool) -> ColumnElement[bool]:
    """What holds now is another choice than what held then."""
    before = (
        select(PaperChoice.wants_paper)
        .where(PaperChoice.subscriber_id == Subscriber.id, col(PaperChoice.chosen_at) < since)
        .order_by(col(PaperChoice.id).desc())
        .limit(1)
        .correlate(Subscriber)
        .scalar_subquery()
    )
    held = func.coalesce(before, True)
    return and_(col(_LAST.chosen_at) >= since, col(_LAST.wants_paper).is_(wants_paper), held.is_not(wants_paper))


def _matches(search: str) -> ColumnElement[bool]:
    known = (Subscriber.name, Subscriber.number)
    return or_(*(col(column).icontains(search, autoescape=True) for column in known))


def _row(subscriber: Subscriber, choice: PaperChoice | None) -> PaperRow:
    town = f"{subscriber.postal_code} {subscriber.city}".strip()
    return PaperRow(
        subscriber_id=subscriber.id or 0,
        utility_id=subscriber.utility_id,
        number=subscriber.number,
        name=subscriber.name,
        address=", ".join(filter(None, (subscriber.address, town))),
        wants_paper=choice is None or choice.wants_paper,
        chosen_at=choice.chosen_at if choice else None,
        email=choice.email if choice else "",
        words=choice.words if choice else "",
    )


_NEWEST = (
    select(PaperChoice)
    .ext(distinct_on(col(PaperChoice.subscriber_id)))
    .order_by(col(PaperChoice.subscriber_id), col(PaperChoice.id).desc())
    .subquery()
)
_LAST = aliased(PaperChoice, _NEWEST)
_OF_TAB: dict[PaperTab, ColumnElement[bool]] = {
    PaperTab.PAPERLESS: col(_LAST.wants_paper).is_(False),
    PaperTab.PAPER: col(_LAST.wants_paper).is_not(False),
    PaperTab.CHOSEN: col(_LAST.subscriber_id).is_not(None),
}
