"""The file of a leak on paper: the words and figures of its page, and its certificates."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import ContractParty, LeakAlert, LeakState, PartyRole, Subscriber, Utility
from portail_app.errors import NotFound
from portail_app.formats import cubic_metres, day, euros, instant
from portail_app.gateways.storage import read_whole
from portail_app.mails.leaks import compared_with, shown
from portail_app.pdf.invoice_sheet import addressee_of
from portail_app.pdf.leak import LeakSheet, Section
from portail_app.pdf.leak_attachments import Attachment
from portail_app.pdf.letterhead import letterhead_of
from portail_app.services.leaks.files import LeakFile, Relief, read_file
from portail_app.settings import settings
from portail_app.viewer import Viewer

STATES = {
    LeakState.AWAITED: "Attestation attendue",
    LeakState.RECEIVED: "Attestation reçue, à décider",
    LeakState.ACCEPTED: "Écrêtement accordé",
    LeakState.REFUSED: "Écrêtement refusé",
    LeakState.CLOSED: "Classé sans suite",
}
LAW = "Code général des collectivités territoriales, articles L. 2224-12-4 (III bis), R. 2224-19-2 et R. 2224-20-1."


async def compose_leak_sheet(session: AsyncSession, viewer: Viewer, alert_id: int, today: date) -> LeakSheet:
    file = await read_file(session, viewer, alert_id, today)
    utility = await session.get_one(Utility, file.alert.utility_id)
    payer = await _find_payer(session, file.alert)
    sections = (Section(title, tuple(lines)) for title, lines in _told(file))
    return LeakSheet(
        head=letterhead_of(utility, portal_address=settings().url),
        addressee=addressee_of(payer) if payer else (),
        number=str(file.alert.id),
        dated=today,
        sections=tuple(section for section in sections if section.lines),
        attachments=tuple([one async for one in _attachments(file)]),
    )


async def _find_payer(session: AsyncSession, alert: LeakAlert) -> Subscriber | None:
    """Who was billed at the end of the period."""
    payer = (
        select(Subscriber)
        .join(ContractParty, col(ContractParty.subscriber_id) == col(Subscriber.id))
        .where(ContractParty.contract_id == alert.contract_id, ContractParty.role == PartyRole.PAYER)
        .where((col(ContractParty.since) <= alert.period_end) | col(ContractParty.since).is_(None))
        .where((col(ContractParty.until) >= alert.period_end) | col(ContractParty.until).is_(None))
    )
    return (await session.exec(payer)).first()


def _told(file: LeakFile) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    yield "Consommation", _consumption(file)
    if file.relief:
        yield "Écrêtement", _relief(file.relief)
    yield "Attestations", _certificates(file)
    yield "Décision", _decision(file)


def _consumption(file: LeakFile) -> Iterator[tuple[str, str]]:
    alert = file.alert
    yield "Contrat", f"n° {file.contract}, {file.address}"
    yield "Période", f"du {day(alert.period_start)} au {day(alert.period_end)}"
    yield "Volume relevé", shown(alert.litres)
    if alert.mean_litres is not None:
        yield "Volume moyen", f"{shown(alert.mean_litres)}, {compared_with(alert)}"
    yield "Alerte envoyée le", instant(alert.recorded_at)
    yield "Attestation jusqu’au", day(alert.answer_until)


def _relief(relief: Relief) -> Iterator[tuple[str, str]]:
    yield "Eau due au plus", f"{cubic_metres(relief.water_m3)} (le double du volume moyen)"
    yield "Assainissement compté", f"{cubic_metres(relief.wastewater_m3)} (le volume moyen)"
    if relief.full_cents is not None and relief.capped_cents is not None:
        yield "Coût sans écrêtement", f"{euros(relief.full_cents)} TTC (estimation)"
        yield "Coût avec écrêtement", f"{euros(relief.capped_cents)} TTC (estimation)"


def _certificates(file: LeakFile) -> Iterator[tuple[str, str]]:
    for one in file.certificates:
        repaired = f"{one.leak_place}, réparée le {day(one.repaired_on)} par {one.plumber}"
        yield f"Reçue le {instant(one.sent_at)}", repaired
    if not file.certificates:
        yield "", "Aucune attestation reçue."


def _decision(file: LeakFile) -> Iterator[tuple[str, str]]:
    alert = file.alert
    decided_at = alert.accepted_at or alert.refused_at or alert.closed_at
    yield "État", STATES[alert.state]
    if decided_at:
        yield "Décidé le", instant(decided_at)
    if alert.reason:
        yield "Motif", alert.reason
    yield "", LAW


async def _attachments(file: LeakFile) -> AsyncIterator[Attachment]:
    """Those that the store still has."""
    for one in file.certificates:
        with suppress(NotFound):
            content = await read_whole(one.file_key)
            yield Attachment(f"Attestation de {one.plumber}", content, one.media_type)
