"""A subscriber sends what their meter shows, once, and again where it is surprising."""

from datetime import date, datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from models import SentReading
from portail_app.errors import Invalid
from portail_app.reading import reader_of
from portail_app.services.reading_checks import SentDraft, find_own, judge_draft
from portail_app.services.sent_readings import find_waiting
from portail_app.viewer import Viewer

LONGEST_COMMENT = 1000
ALREADY_WAITING = "Une relève attend déjà d’être validée : retirez-la pour en transmettre une autre."
ANOTHER_S_WAITS = "Une autre personne a déjà transmis une relève de ce compteur : elle attend d’être validée."


class Doubtful(Invalid):
    """It looks wrong: to be sent again with `confirmed` the same doubt."""


async def send_reading(
    session: AsyncSession, viewer: Viewer, number: str, draft: SentDraft, now: datetime, today: date
) -> SentReading:
    """Sending the same twice is sending it once. Raises Doubtful where it must be confirmed."""
    tenure, told = await find_own(await reader_of(session), viewer, number, draft.read_on)
    verdict = judge_draft(told, draft, today)
    if verdict.doubt and draft.confirmed != verdict.doubt:
        raise Doubtful(verdict.doubt, field="confirmed")
    if len(draft.comment) > LONGEST_COMMENT:
        raise Invalid(f"Le commentaire ne peut pas dépasser {LONGEST_COMMENT} caractères.", field="comment")
    assert told.meter is not None
    values = {
        "utility_id": tenure.contract.utility_id,
        "contract_id": tenure.contract.id,
        "meter_id": told.meter.id,
        "index_litres": draft.index_litres,
        "read_on": draft.read_on,
        "comment": draft.comment.strip(),
        "doubt": verdict.doubt,
        "sent_at": now,
        "sent_by": viewer.account_id,
        "refusal_reason": "",
    }
    await session.exec(insert(SentReading).values(**values).on_conflict_do_nothing())
    waiting = await find_waiting(session, told.meter.id)
    if waiting is not None and waiting.sent_by != viewer.account_id:
        raise Invalid(ANOTHER_S_WAITS)
    if waiting is None or (waiting.index_litres, waiting.read_on) != (draft.index_litres, draft.read_on):
        raise Invalid(ALREADY_WAITING)  # even where another has just been decided: the page says so at once
    return waiting
