"""A subscriber sends what their meter shows: refused where it cannot be, asked again where it is surprising."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from models import SentReading
from portail_app.errors import Invalid
from portail_app.reading import Reader, reader_of
from portail_app.services.contracts import Tenure, find_tenure
from portail_app.services.meter_history import MeterHistory, find_history
from portail_app.services.permissions import acting
from portail_app.services.plausibility import Verdict, judge
from portail_app.services.sent_readings import find_waiting
from portail_app.viewer import Viewer

LONGEST_COMMENT = 1000
ALREADY_WAITING = "Une relève attend déjà d’être validée : retirez-la pour en transmettre une autre."


class Doubtful(Invalid):
    """It looks wrong: to be sent again with `confirmed` the same doubt."""


@dataclass(frozen=True, slots=True)
class SentDraft:
    """What a subscriber typed; `confirmed` is the doubt that they were shown and passed over."""

    index_litres: int
    read_on: date
    comment: str = ""
    confirmed: str = ""


async def check_reading(reader: Reader, viewer: Viewer, number: str, draft: SentDraft, today: date) -> Verdict:
    """What sending it would answer. Raises Invalid for what is refused."""
    _, told = await _find_own(reader, viewer, number, draft.read_on)
    return _judge(told, draft, today)


async def send_reading(
    session: AsyncSession, viewer: Viewer, number: str, draft: SentDraft, now: datetime, today: date
) -> SentReading:
    """Sending the same twice is sending it once. Raises Doubtful where it must be confirmed."""
    tenure, told = await _find_own(await reader_of(session), viewer, number, draft.read_on)
    verdict = _judge(told, draft, today)
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
    asked = (viewer.account_id, draft.index_litres, draft.read_on)
    if waiting is None or (waiting.sent_by, waiting.index_litres, waiting.read_on) != asked:
        raise Invalid(ALREADY_WAITING)  # even where another has just been decided: the page says so at once
    return waiting


async def _find_own(reader: Reader, viewer: Viewer, number: str, on: date) -> tuple[Tenure, MeterHistory]:
    """The contract, where the viewer may act for it: a delegate who may only see does not send."""
    await find_tenure(reader, viewer, number)
    with acting(viewer) as actor:
        tenure = await find_tenure(reader, actor, number)
    if on < tenure.since or (tenure.until is not None and on > tenure.until):
        raise Invalid("Ce contrat n’était pas le vôtre à cette date.", field="read_on")
    return tenure, await find_history(reader, tenure)


def _judge(told: MeterHistory, draft: SentDraft, today: date) -> Verdict:
    if told.meter is None or told.meter.removed_on is not None:
        raise Invalid("Aucun compteur n’est en service pour ce contrat.")
    return judge(told, told.meter, draft.index_litres, draft.read_on, today)
