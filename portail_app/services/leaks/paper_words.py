"""What the file of a leak says on paper, section by section, and the certificates that the store still has."""

from collections.abc import Iterator
from contextlib import suppress

from models import LeakState
from portail_app.errors import NotFound
from portail_app.formats import cubic_metres, day, euros, instant
from portail_app.gateways.storage import read_whole
from portail_app.mails.leaks import compared_with, shown
from portail_app.pdf.leak_attachments import Attachment
from portail_app.services.leaks.files import LeakFile, Relief

STATES = {
    LeakState.AWAITED: "Attestation attendue",
    LeakState.RECEIVED: "Attestation reçue, à décider",
    LeakState.ACCEPTED: "Écrêtement accordé",
    LeakState.REFUSED: "Écrêtement refusé",
    LeakState.CLOSED: "Classé sans suite",
}
LAW = "Code général des collectivités territoriales, articles L. 2224-12-4 (III bis), R. 2224-19-2 et R. 2224-20-1."


def told_of(file: LeakFile) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
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


async def read_attachments(file: LeakFile) -> tuple[Attachment, ...]:
    found = []
    for one in file.certificates:
        with suppress(NotFound):
            content = await read_whole(one.file_key)
            found.append(Attachment(f"Attestation de {one.plumber}", content, one.media_type))
    return tuple(found)
