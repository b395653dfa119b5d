"""Readings that subscribers send: checked, waiting, withdrawn by their sender until staff have decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Integer, bindparam
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import SentReading, SentReadingState
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.reading import Prepared, Reader, reader_of
from portail_app.services.contracts import Tenure, find_tenure
from portail_app.services.meter_history import MeterHistory, find_history
from portail_app.services.plausibility import Verdict, judge
from portail_app.services.rows import made, shown
from portail_app.viewer import Viewer

LONGEST_COMMENT = 1000
MOST_SHOWN = 5
ALREADY_WAITING = "Une relève attend déjà d’être validée : retirez-la pour en transmettre une autre."
DECIDED = "Cette relève n’attend plus : le service a répondu, ou elle a été retirée."


class PhotoAnswer(StrEnum):
    """What became of a photo, as the URL of the contract's page says it."""

    KEPT = "recue"
    TOO_LARGE = "taille"
    NOT_AN_IMAGE = "image"
    TOO_MANY_PIXELS = "pixels"
    TOO_LATE = "traitee"


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
    waiting = await _find_waiting(session, told.meter.id)
    if (waiting.sent_by, waiting.index_litres, waiting.read_on) != (
        *(viewer.account_id, draft.index_litres, draft.read_on),
    ):
        raise Invalid(ALREADY_WAITING)
    return waiting


async def withdraw_reading(session: AsyncSession, viewer: Viewer, sent_id: int, now: datetime) -> None:
    """« Retirer »: until staff have decided. Withdrawing twice changes nothing."""
    sent = await hold_sent(session, viewer, sent_id)
    if sent.sent_by != viewer.account_id:
        raise NotFound("Relève")
    if sent.state is SentReadingState.WITHDRAWN:
        return
    if sent.state is not SentReadingState.WAITING:
        raise Invalid(DECIDED)
    sent.withdrawn_at = now
    await session.flush()


async def attach_photo(session: AsyncSession, viewer: Viewer, sent_id: int, key: str) -> SentReading:
    """The sender's, while the reading waits."""
    sent = await hold_sent(session, viewer, sent_id)
    if sent.sent_by != viewer.account_id:
        raise NotFound("Relève")
    if sent.state is not SentReadingState.WAITING:
        raise Invalid(DECIDED)
    sent.photo_key = key
    await session.flush()
    return sent


async def find_sent(session: AsyncSession, viewer: Viewer, sent_id: int) -> SentReading:
    """Staff find those of their utilities, a subscriber their own."""
    wanted = select(SentReading).where(SentReading.id == sent_id)
    sent = (await session.exec(wanted)).one_or_none()
    if sent is None or not _may_read(viewer, sent):
        raise NotFound("Relève")
    return sent


async def hold_sent(session: AsyncSession, viewer: Viewer, sent_id: int) -> SentReading:
    """Found and locked: the sender's withdrawal and the staff's decision wait for each other."""
    wanted = select(SentReading).where(SentReading.id == sent_id).with_for_update()
    sent = (await session.exec(wanted, execution_options={"populate_existing": True})).one_or_none()
    if sent is None or not _may_read(viewer, sent):
        raise NotFound("Relève")
    return sent


async def list_sent(reader: Reader, viewer: Viewer, tenure: Tenure) -> tuple[SentReading, ...]:
    """What this account sent for a contract that it was allowed to find, the newest first."""
    found = await reader.rows(_SENT, contract_id=tenure.contract.id, account_id=viewer.account_id)
    return tuple(made(SentReading, row)[0] for row in found)


def _may_read(viewer: Viewer, sent: SentReading) -> bool:
    is_own = viewer.account_id is not None and sent.sent_by == viewer.account_id
    return viewer.is_system or is_own or sent.utility_id in viewer.staffed_utility_ids


async def _find_own(reader: Reader, viewer: Viewer, number: str, on: date) -> tuple[Tenure, MeterHistory]:
    """The contract, where the viewer may act for it: a delegate who may only see does not send."""
    await find_tenure(reader, viewer, number)
    acting = replace(viewer, subscriber_ids=viewer.payable_subscriber_ids)
    try:
        tenure = await find_tenure(reader, acting, number)
    except NotFound:
        raise Forbidden("Vous pouvez consulter ce contrat, pas transmettre de relève.") from None
    if on < tenure.since or (tenure.until is not None and on > tenure.until):
        raise Invalid("Ce contrat n’était pas le vôtre à cette date.", field="read_on")
    return tenure, await find_history(reader, tenure)


def _judge(told: MeterHistory, draft: SentDraft, today: date) -> Verdict:
    if told.meter is None or told.meter.removed_on is not None:
        raise Invalid("Aucun compteur n’est en service pour ce contrat.")
    return judge(told, told.meter, draft.index_litres, draft.read_on, today)


async def _find_waiting(session: AsyncSession, meter_id: int | None) -> SentReading:
    waiting = select(SentReading).where(
        SentReading.meter_id == meter_id,
        col(SentReading.accepted_at).is_(None),
        col(SentReading.refused_at).is_(None),
        col(SentReading.withdrawn_at).is_(None),
    )
    return (await session.exec(waiting)).one()


_SENT = Prepared(
    select_columns(*shown(SentReading))
    .where(
        col(SentReading.contract_id) == bindparam("contract_id", type_=Integer),
        col(SentReading.sent_by) == bindparam("account_id", type_=Integer),
    )
    .order_by(col(SentReading.id).desc())
    .limit(MOST_SHOWN)
)
