"""What staff decide of a file: the cap is granted, refused, or the alert was none. The subscriber is told, and why."""

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import LeakAlert, LeakKind, LeakState, MailEvent, StaffRank, Utility
from portail_app.errors import Invalid
from portail_app.mails import leaks as words
from portail_app.services import audit
from portail_app.services.contract_mails import ContractMail, sender_of, write_to_people
from portail_app.services.leaks.alerts import find_alert
from portail_app.services.leaks.files import LeakFile, read_file
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

LONGEST_REASON = 500
ALREADY_DECIDED = "Ce dossier est déjà décidé."
NO_CERTIFICATE = "Aucune attestation n’a été reçue : il n’y a rien à accepter."


async def accept_leak(session: AsyncSession, viewer: Viewer, alert_id: int, now: datetime, today: date) -> None:
    """Grants the cap. The billing software makes the credit note: the portal tells it the volumes."""
    alert = await _hold(session, viewer, alert_id)
    if alert.certified_at is None:
        raise Invalid(NO_CERTIFICATE)
    alert.accepted_at = now
    await _conclude(session, viewer, alert, "Écrêtement accordé", today)


async def refuse_leak(
    session: AsyncSession, viewer: Viewer, alert_id: int, reason: str, now: datetime, today: date
) -> None:
    alert = await _hold(session, viewer, alert_id)
    alert.reason, alert.refused_at = _checked(reason), now
    await _conclude(session, viewer, alert, "Écrêtement refusé", today)


async def close_leak(
    session: AsyncSession, viewer: Viewer, alert_id: int, reason: str, now: datetime, today: date
) -> None:
    """There was no leak, or the reading was wrong, or nobody answered in time."""
    alert = await _hold(session, viewer, alert_id)
    alert.reason, alert.closed_at = _checked(reason), now
    await _conclude(session, viewer, alert, "Alerte fuite classée", today)


async def _hold(session: AsyncSession, viewer: Viewer, alert_id: int) -> LeakAlert:
    alert = await find_alert(session, viewer, alert_id, to_write=True)
    alert.decided_by = require_rank(viewer, alert.utility_id, StaffRank.AGENT)
    if alert.is_decided:
        raise Invalid(ALREADY_DECIDED)
    return alert


def _checked(reason: str) -> str:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Dites pourquoi à l’abonné, en {LONGEST_REASON} caractères au plus.", field="reason")
    return reason.strip()


async def _conclude(session: AsyncSession, viewer: Viewer, alert: LeakAlert, action: str, today: date) -> None:
    await session.flush()
    assert alert.id is not None
    file = await read_file(session, viewer, alert.id, today)
    details = {"motif": alert.reason, "contrat": file.contract}
    audit.record(session, viewer, action, f"Dossier {alert.id}", utility_id=alert.utility_id, details=details)
    if alert.kind is LeakKind.VOLUME and alert.state is not LeakState.CLOSED:
        await _tell(session, file, today)


async def _tell(session: AsyncSession, file: LeakFile, today: date) -> None:
    alert, relief = file.alert, file.relief
    assert relief is not None
    utility = await session.get_one(Utility, alert.utility_id)
    place = words.Place(file.contract, file.address)
    text = words.decision(alert, (relief.water_m3, relief.wastewater_m3), place, sender_of(utility))
    mail = ContractMail(
        key=f"fuite-{alert.id}-decision",
        utility_id=alert.utility_id,
        contract_id=alert.contract_id,
        subject=words.DECIDED,
        text=text,
        event=MailEvent.LEAK,
    )
    await write_to_people(session, [mail], today)
