"""What staff do with the readings that subscribers send: validate, or refuse in words; the sender is told by mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    Account,
    Contract,
    DeliveryPoint,
    Meter,
    Reading,
    ReadingKind,
    SentReading,
    SentReadingState,
    StaffRank,
)
from portail_app.errors import Forbidden, Invalid
from portail_app.formats import day
from portail_app.services import audit
from portail_app.services.leaks.detection import detect_leak_of
from portail_app.services.permissions import require_rank
from portail_app.services.reading_mails import tell_sender
from portail_app.services.sent_readings import DECIDED, hold_sent
from portail_app.viewer import Viewer

LONGEST_REASON = 500
WAITS: ColumnElement[bool] = and_(
    col(SentReading.accepted_at).is_(None),
    col(SentReading.refused_at).is_(None),
    col(SentReading.withdrawn_at).is_(None),
)


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


async def accept_reading(
    session: AsyncSession, viewer: Viewer, sent_id: int, now: datetime, *, instead_litres: int | None = None
) -> Reading:
    """« Valider »: it becomes a reading, of the kind "transmise", and the leak rule judges it. `instead_litres` is what
    staff read on the photo where it is not what was typed. Raises Invalid where that day has another."""
    sent = await _hold_waiting(session, viewer, sent_id)
    if instead_litres not in (None, sent.index_litres):
        sent.corrected_index_litres = await _check_index(session, sent, instead_litres)
    kept_litres = sent.index_litres if sent.corrected_index_litres is None else sent.corrected_index_litres
    values: dict[str, Any] = {
        "meter_id": sent.meter_id,
        "read_on": sent.read_on,
        "index_litres": kept_litres,
        "kind": ReadingKind.SENT,
        "received_at": sent.sent_at,
        "comment": "",
    }
    await session.exec(insert(Reading).values(**values).on_conflict_do_nothing())
    kept = select(Reading).where(Reading.meter_id == sent.meter_id, Reading.read_on == sent.read_on)
    reading = (await session.exec(kept)).one()
    if reading.index_litres != kept_litres:
        raise Invalid(f"Une autre relève du {day(sent.read_on)} est déjà enregistrée : refusez celle-ci.")
    sent.accepted_at, sent.decided_by = now, viewer.account_id
    await _tell(session, viewer, sent, "Relève validée" if sent.corrected_index_litres is None else "Relève corrigée")
    await detect_leak_of(session, sent.contract_id, now)
    return reading


async def refuse_reading(session: AsyncSession, viewer: Viewer, sent_id: int, reason: str, now: datetime) -> None:
    """« Refuser »: the sender reads the reason."""
    sent = await _hold_waiting(session, viewer, sent_id)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Indiquez un motif, de {LONGEST_REASON} caractères au plus.", field=f"reason-{sent_id}")
    sent.refused_at, sent.decided_by, sent.refusal_reason = now, viewer.account_id, reason.strip()
    await _tell(session, viewer, sent, "Relève refusée")


async def count_waiting_readings(session: AsyncSession, viewer: Viewer) -> int:
    own = select(func.count()).where(col(SentReading.utility_id).in_(viewer.staffed_utility_ids), WAITS)
    return (await session.exec(own)).one()


async def _hold_waiting(session: AsyncSession, viewer: Viewer, sent_id: int) -> SentReading:
    if not viewer.is_staff:
        raise Forbidden
    sent = await hold_sent(session, viewer, sent_id)
    require_rank(viewer, sent.utility_id, StaffRank.AGENT)
    if sent.state is not SentReadingState.WAITING:
        raise Invalid(DECIDED)
    return sent


async def _check_index(session: AsyncSession, sent: SentReading, litres: int | None) -> int:
    meter = await session.get_one(Meter, sent.meter_id)
    if litres is None or not 0 <= litres < meter.turns_over_at_litres:
        raise Invalid(f"Ce compteur a {meter.digits} chiffres pour les mètres cubes.", field=f"index-{sent.id}")
    return litres


async def _tell(session: AsyncSession, viewer: Viewer, sent: SentReading, action: str) -> None:
    contract = await session.get_one(Contract, sent.contract_id)
    details = {"index": f"{sent.index_litres} L", "relevée le": day(sent.read_on), "motif": sent.refusal_reason}
    if sent.corrected_index_litres is not None:
        details["index retenu"] = f"{sent.corrected_index_litres} L"
    audit.record(session, viewer, action, contract.number, utility_id=sent.utility_id, details=details)
    await session.flush()
    await tell_sender(session, sent, contract)


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
