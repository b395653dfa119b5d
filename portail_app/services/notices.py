"""Notices: staff publish and withdraw them; each account closes an important one once, which is remembered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Notice, NoticeClosing, StaffRank
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.reading import Prepared, Reader
from portail_app.services import audit
from portail_app.services.paging import FIRST_PAGE, Page, Sought, read_page
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

LONGEST_TITLE = 200
LONGEST_BODY = 4_000


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What staff write; an important one is shown over the page."""

    utility_id: int
    title: str
    body: str
    starts_on: date
    ends_on: date | None = None
    is_important: bool = True


async def publish_notice(session: AsyncSession, viewer: Viewer, draft: NoticeDraft, now: datetime) -> Notice:
    account_id = require_rank(viewer, draft.utility_id, StaffRank.MANAGER)
    _check(draft)
    notice = Notice(
        utility_id=draft.utility_id,
        title=draft.title.strip(),
        body=draft.body.strip(),
        is_important=draft.is_important,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        published_at=now,
        published_by=account_id,
    )
    session.add(notice)
    audit.record(session, viewer, "Avis publié", notice.title, utility_id=notice.utility_id)
    await session.flush()
    return notice


async def withdraw_notice(session: AsyncSession, viewer: Viewer, notice_id: int, now: datetime) -> None:
    """Withdrawing twice changes nothing."""
    notice = await _find(session, viewer, notice_id)
    require_rank(viewer, notice.utility_id, StaffRank.MANAGER)
    if notice.withdrawn_at is None:
        notice.withdrawn_at = now
        audit.record(session, viewer, "Avis retiré", notice.title, utility_id=notice.utility_id)
    await session.flush()


async def close_notice(session: AsyncSession, viewer: Viewer, notice_id: int, now: datetime) -> None:
    """« Fermer »: the viewer has read it. Closing twice changes nothing."""
    if viewer.account_id is None:
        raise Forbidden
    notice = await _find(session, viewer, notice_id)
    closing = insert(NoticeClosing).values(notice_id=notice.id, account_id=viewer.account_id, closed_at=now)
    await session.exec(closing.on_conflict_do_nothing())


async def list_from(session: AsyncSession, day: date, utility_ids: Iterable[int] | None = None) -> list[Notice]:
    """What is shown on that day or later, the newest first; of every utility where `utility_ids` is None."""
    lasting = select(Notice).where(
        col(Notice.withdrawn_at).is_(None), or_(col(Notice.ends_on).is_(None), col(Notice.ends_on) >= day)
    )
    if utility_ids is not None:
        lasting = lasting.where(col(Notice.utility_id).in_(list(utility_ids)))
    return list((await session.exec(lasting.order_by(col(Notice.id).desc()))).all())


async def list_shown(session: AsyncSession, viewer: Viewer, day: date) -> list[Notice]:
    """What the viewer may read on that day, the newest first."""
    return [notice for notice in await list_from(session, day, viewer.utility_ids) if notice.shows_on(day)]


async def list_closed_ids(reader: Reader, viewer: Viewer) -> tuple[int, ...]:
    """The notices that this account has read and closed."""
    return tuple(notice_id for (notice_id,) in await reader.rows(_CLOSED, account_id=viewer.account_id))


async def list_notices(session: AsyncSession, viewer: Viewer, sought: Sought = FIRST_PAGE) -> Page[Notice]:
    """For staff: past, present, to come and withdrawn, the newest first."""
    known = select(Notice).where(col(Notice.utility_id).in_(viewer.staffed_utility_ids))
    if sought.search:
        searched = (col(Notice.title), col(Notice.body))
        known = known.where(or_(*(words.icontains(sought.search, autoescape=True) for words in searched)))
    return await read_page(session, known.order_by(col(Notice.id).desc()), sought)


_CLOSED = Prepared(
    select(NoticeClosing.notice_id).where(col(NoticeClosing.account_id) == bindparam("account_id", type_=Integer))
)


async def _find(session: AsyncSession, viewer: Viewer, notice_id: int) -> Notice:
    readable = select(Notice).where(col(Notice.utility_id).in_(viewer.utility_ids), Notice.id == notice_id)
    notice = (await session.exec(readable)).one_or_none()
    if notice is None:
        raise NotFound("Avis")
    return notice


def _check(draft: NoticeDraft) -> None:
    if not draft.title.strip() or len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"Donnez un titre, de {LONGEST_TITLE} caractères au plus.", field="title")
    if not draft.body.strip() or len(draft.body) > LONGEST_BODY:
        raise Invalid(f"Écrivez l’avis, en {LONGEST_BODY} caractères au plus.", field="body")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise Invalid("La fin ne peut pas précéder le début.", field="ends_on")
