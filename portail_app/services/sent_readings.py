"""Readings that subscribers sent: who reads which, and what their sender may still change of those that wait."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, and_, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, SentReading, SentReadingState
from portail_app.errors import Invalid, NotFound
from portail_app.reading import Prepared, Reader
from portail_app.services.contracts import Tenure
from portail_app.services.rows import made, shown
from portail_app.viewer import Viewer

MOST_SHOWN = 5
WAITS: ColumnElement[bool] = and_(
    col(SentReading.accepted_at).is_(None),
    col(SentReading.refused_at).is_(None),
    col(SentReading.withdrawn_at).is_(None),
)


class PhotoAnswer(StrEnum):
    """What became of a photo, as the URL of the contract's page says it."""

    NONE = ""
    KEPT = "recue"
    TOO_LARGE = "taille"
    NOT_AN_IMAGE = "image"
    TOO_MANY_PIXELS = "pixels"
    TOO_LATE = "traitee"
    NOT_KEPT = "panne"


class AlreadyDecided(Invalid):
    sentence = "Cette relève n’attend plus : le service a répondu, ou elle a été retirée."


async def withdraw_reading(session: AsyncSession, viewer: Viewer, sent_id: int, now: datetime) -> None:
    """« Retirer »: until staff have decided. Withdrawing twice changes nothing."""
    sent = await hold_sent(session, viewer, sent_id)
    if sent.sent_by != viewer.account_id:
        raise NotFound("Relève")
    if sent.state is SentReadingState.WITHDRAWN:
        return
    if sent.state is not SentReadingState.WAITING:
        raise AlreadyDecided
    sent.withdrawn_at = now
    await session.flush()


async def attach_photo(session: AsyncSession, viewer: Viewer, sent_id: int, key: str) -> SentReading:
    """The sender's, while the reading waits."""
    sent = await hold_sent(session, viewer, sent_id)
    if sent.sent_by != viewer.account_id:
        raise NotFound("Relève")
    if sent.state is not SentReadingState.WAITING:
        raise AlreadyDecided
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


async def find_contract_of(session: AsyncSession, viewer: Viewer, sent_id: int) -> Contract:
    """Of a reading that the viewer may read."""
    return await session.get_one(Contract, (await find_sent(session, viewer, sent_id)).contract_id)


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


async def find_waiting(session: AsyncSession, meter_id: int | None) -> SentReading | None:
    """Of a meter there is one at most."""
    return (await session.exec(select(SentReading).where(SentReading.meter_id == meter_id, WAITS))).one_or_none()


def _may_read(viewer: Viewer, sent: SentReading) -> bool:
    is_own = viewer.account_id is not None and sent.sent_by == viewer.account_id
    return viewer.is_system or is_own or sent.utility_id in viewer.staffed_utility_ids


_SENT = Prepared(
    select_columns(*shown(SentReading))
    .where(
        col(SentReading.contract_id) == bindparam("contract_id", type_=Integer),
        col(SentReading.sent_by) == bindparam("account_id", type_=Integer),
    )
    .order_by(col(SentReading.id).desc())
    .limit(MOST_SHOWN)
)
