"""Notices as their readers have them: what is shown on a day, and which important ones an account has closed."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Integer, bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Notice, NoticeClosing
from portail_app.errors import Forbidden
from portail_app.reading import Prepared, Reader
from portail_app.services.notices import find_notice
from portail_app.viewer import Viewer


async def close_notice(session: AsyncSession, viewer: Viewer, notice_id: int, now: datetime) -> None:
    """« Fermer »: the viewer has read it. Closing twice changes nothing."""
    if viewer.account_id is None:
        raise Forbidden
    notice = await find_notice(session, viewer, notice_id)
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


async def list_closed_ids(reader: Reader, viewer: Viewer) -> tuple[int, ...]:
    """The notices that this account has read and closed."""
    return tuple(notice_id for (notice_id,) in await reader.rows(_CLOSED, account_id=viewer.account_id))


_CLOSED = Prepared(
    select(NoticeClosing.notice_id).where(col(NoticeClosing.account_id) == bindparam("account_id", type_=Integer))
)
