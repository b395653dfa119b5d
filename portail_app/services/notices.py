"""Notices as staff have them: published, withdrawn, listed with those of the past and to come."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Notice, StaffRank
from portail_app.errors import Invalid, NotFound
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
    notice = await find_notice(session, viewer, notice_id)
    require_rank(viewer, notice.utility_id, StaffRank.MANAGER)
    if notice.withdrawn_at is None:
        notice.withdrawn_at = now
        audit.record(session, viewer, "Avis retiré", notice.title, utility_id=notice.utility_id)
    await session.flush()


async def list_notices(session: AsyncSession, viewer: Viewer, sought: Sought = FIRST_PAGE) -> Page[Notice]:
    """For staff: past, present, to come and withdrawn, the newest first."""
    known = select(Notice).where(col(Notice.utility_id).in_(viewer.staffed_utility_ids))
    if sought.search:
        searched = (col(Notice.title), col(Notice.body))
        known = known.where(or_(*(words.icontains(sought.search, autoescape=True) for words in searched)))
    return await read_page(session, known.order_by(col(Notice.id).desc()), sought)


async def find_notice(session: AsyncSession, viewer: Viewer, notice_id: int) -> Notice:
    """Any of the viewer's utilities, withdrawn ones too. Raises NotFound."""
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
