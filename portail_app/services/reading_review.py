"""What staff do with the readings that subscribers send: validate, or refuse in words; the sender is told by mail."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    Contract,
    Meter,
    Reading,
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
from portail_app.services.readings import keep_reading
from portail_app.services.sent_readings import AlreadyDecided, hold_sent
from portail_app.viewer import Viewer

LONGEST_REASON = 500


async def accept_reading(
    session: AsyncSession, viewer: Viewer, sent_id: int, now: datetime, *, instead_litres: int | None = None
) -> Reading:
    """« Valider »: it becomes a reading, of the kind "transmise", and the leak rule judges it. `instead_litres` is what
    staff read on the photo where it is not what was typed. Raises Invalid where that day has another."""
    sent = await _hold_waiting(session, viewer, sent_id)
    if instead_litres not in (None, sent.index_litres):
        sent.corrected_index_litres = await _check_index(session, sent, instead_litres)
    kept_litres = sent.index_litres if sent.corrected_index_litres is None else sent.corrected_index_litres
    reading = await keep_reading(session, sent, kept_litres)
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


async def _hold_waiting(session: AsyncSession, viewer: Viewer, sent_id: int) -> SentReading:
    if not viewer.is_staff:
        raise Forbidden
    sent = await hold_sent(session, viewer, sent_id)
    require_rank(viewer, sent.utility_id, StaffRank.AGENT)
    if sent.state is not SentReadingState.WAITING:
        raise AlreadyDecided
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
