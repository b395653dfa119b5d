"""The readings that subscribers sent, as staff see them: with what is needed to judge each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Contract, DeliveryPoint, Meter, Reading, SentReading
from portail_app.errors import Forbidden
from portail_app.services.sent_readings import WAITS
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A sent reading with what staff need to judge it; the last known index of its meter where there is one."""

    id: int
    contract: str
    address: str
    serial: str
    sender: str
    index_litres: int
    read_on: date
    sent_at: datetime
    state: str
    comment: str
    doubt: str
    refusal_reason: str
    corrected_index_litres: int | None
    has_photo: bool
    last_index_litres: int | None
    last_read_on: date | None


async def list_review(session: AsyncSession, viewer: Viewer, *, limit: int = 100) -> list[ReviewRow]:
    """Those that wait first, the oldest first; then what was decided, the newest first."""
    if not viewer.is_staff:
        raise Forbidden
    wanted = (
        select(SentReading, Contract, DeliveryPoint, Account)
        .join(Contract, col(Contract.id) == col(SentReading.contract_id))
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .join(Account, col(Account.id) == col(SentReading.sent_by))
        .where(col(SentReading.utility_id).in_(viewer.staffed_utility_ids))
        .order_by(WAITS.desc(), case((WAITS, col(SentReading.id)), else_=-col(SentReading.id)))
        .limit(limit)
    )
    found = (await session.exec(wanted)).all()
    meters = {sent.meter_id for sent, *_ in found}
    serials, last = await _serials(session, meters), await _last_readings(session, meters)
    return [_row(sent, place, serials, last) for sent, *place in found]


async def count_waiting_readings(session: AsyncSession, viewer: Viewer) -> int:
    own = select(func.count()).where(col(SentReading.utility_id).in_(viewer.staffed_utility_ids), WAITS)
    return (await session.exec(own)).one()


def _row(sent: SentReading, place: Sequence[Any], serials: Mapping[int, str], last: Mapping[int, Reading]) -> ReviewRow:
    contract, point, account = place
    known = last.get(sent.meter_id)
    assert sent.id is not None
    return ReviewRow(
        id=sent.id,
        contract=contract.number,
        address=point.address,
        serial=serials[sent.meter_id],
        sender=account.name or account.email,
        index_litres=sent.index_litres,
        read_on=sent.read_on,
        sent_at=sent.sent_at,
        state=sent.state.value,
        comment=sent.comment,
        doubt=sent.doubt,
        refusal_reason=sent.refusal_reason,
        corrected_index_litres=sent.corrected_index_litres,
        has_photo=sent.has_photo,
        last_index_litres=known.index_litres if known else None,
        last_read_on=known.read_on if known else None,
    )


async def _serials(session: AsyncSession, meter_ids: set[int]) -> dict[int, str]:
    found = select(Meter).where(col(Meter.id).in_(meter_ids))
    return {meter.id: meter.serial for meter in (await session.exec(found)).all() if meter.id is not None}


async def _last_readings(session: AsyncSession, meter_ids: set[int]) -> dict[int, Reading]:
    newest = (
        select(Reading)
        .where(col(Reading.meter_id).in_(meter_ids))
        .ext(distinct_on(col(Reading.meter_id)))
        .order_by(col(Reading.meter_id), col(Reading.read_on).desc())
    )
    return {reading.meter_id: reading for reading in (await session.exec(newest)).all()}
