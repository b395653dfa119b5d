"""What is kept no longer than it is of use."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

USEFUL_FOR = timedelta(days=30)
ACCESSES_KEPT_FOR = timedelta(days=365)  # CNIL, délibération 2021-122: six months to a year

_OVER = (
    "DELETE FROM access_session WHERE expires_at < :then OR revoked_at < :then",
    "DELETE FROM sign_in_ticket WHERE expires_at < :then",
    "DELETE FROM access_link WHERE expires_at < :then",
    "DELETE FROM attempt_counter WHERE window_started_at < :then",
    "DELETE FROM mail_body WHERE mail_id IN (SELECT id FROM mail WHERE has_secret AND created_at < :then)",
    "DELETE FROM request_draft WHERE kept_at < :then - interval '60 days'",
)


async def forget_what_is_over(session: AsyncSession, now: datetime) -> None:
    for over in _OVER:
        await session.execute(text(over), {"then": now - USEFUL_FOR})
    old = text("DELETE FROM access_record WHERE at < :then")
    await session.execute(old, {"then": now - ACCESSES_KEPT_FOR})
