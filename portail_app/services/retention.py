"""What is kept no longer than it is of use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import execute_sql

USEFUL_FOR = timedelta(days=30)
ACCESSES_KEPT_FOR = timedelta(days=365)  # CNIL, délibération 2021-122: six months to a year

_OVER = (
    "DELETE FROM access_session WHERE expires_at < :then OR revoked_at < :then",
    "DELETE FROM sign_in_ticket WHERE expires_at < :then",
    "DELETE FROM access_link WHERE expires_at < :then",
    "DELETE FROM attempt_counter WHERE window_started_at < :then",
    "DELETE FROM mail_body WHERE mail_id IN (SELECT id FROM mail WHERE has_secret AND created_at < :then)",
    "WITH unsent AS (DELETE FROM request_attachment WHERE request_id IS NULL "
    "AND attached_at < :then - interval '60 days' RETURNING file_id) "
    "DELETE FROM stored_file WHERE id IN (SELECT file_id FROM unsent)",
    "DELETE FROM request_draft WHERE kept_at < :then - interval '60 days'",
)


@dataclass(frozen=True, slots=True)
class KeptFor:
    """What the operator decides. PayFiP's raw answers (payfip.md 1.6 rule 8) are kept for that long, and those of a
    payment that waits for a human until it is settled: a payer may dispute a card's payment for thirteen months (Code
    monétaire, L133-24). Photos are those of readings that were refused or withdrawn."""

    answers: timedelta
    photos: timedelta


_OLD_ANSWERS = text("""
    DELETE FROM payment_answer a USING payment_attempt p
    WHERE p.id = a.attempt_id AND a.received_at < :then
        AND p.state <> 'anomalie' AND (p.state = 'payee' OR p.trouble = '')
""")


_OLD_PHOTOS = text("""
    UPDATE sent_reading SET photo_key = NULL
    WHERE photo_key IS NOT NULL AND (refused_at < :then OR withdrawn_at < :then)
""")


async def forget_what_is_over(session: AsyncSession, now: datetime, kept_for: KeptFor) -> None:
    """A photo's content goes from the store with `jobs/files.py`, where nothing else names it."""
    await execute_sql(session, _OLD_ANSWERS, then=now - kept_for.answers)
    await execute_sql(session, _OLD_PHOTOS, then=now - kept_for.photos)
    for over in _OVER:
        await execute_sql(session, text(over), then=now - USEFUL_FOR)
    old = text("DELETE FROM access_record WHERE at < :then")
    await execute_sql(session, old, then=now - ACCESSES_KEPT_FOR)
