"""The plumber's certificate: sent by who is concerned, kept in private, read by them and by staff."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import LeakAlert, LeakCertificate, LeakKind
from portail_app.errors import Invalid, NotFound, NotSignedIn
from portail_app.formats import PARIS
from portail_app.services import audit
from portail_app.services.files import Upload
from portail_app.services.leaks.alerts import find_alert
from portail_app.services.permissions import acting
from portail_app.viewer import Viewer

MOST_BYTES = 10 * 1024 * 1024
KINDS = frozenset({"jpeg", "pdf", "png"})  # as they are kept: a HEIC has become a JPEG
MOST_FILES = 5
LONGEST = 200
REFUSALS = {
    "lieu": "Dites où était la fuite.",
    "date": "Indiquez la date de la réparation, passée ou d’aujourd’hui.",
    "entreprise": "Nommez l’entreprise de plomberie.",
    "fichier": "Choisissez le fichier de l’attestation.",
    "poids": "Ce fichier est trop lourd : 10 Mo au plus.",
    "nature": "Ce fichier n’est ni un PDF, ni une photo JPEG, HEIC ou PNG lisible.",
    "danger": "Ce fichier est protégé ou contient un programme : envoyez une photo de l’attestation.",
    "panne": "Le fichier n’a pas pu être enregistré. Réessayez dans quelques minutes.",
    "nombre": f"Ce dossier a déjà {MOST_FILES} fichiers.",
    "clos": "Ce dossier est clos : le service a déjà décidé.",
}
"""By the word that the page's address carries: what it says is never written by who made the address."""
FIELDS = {"lieu": "leak_place", "date": "repaired_on", "entreprise": "plumber", "clos": ""}


class CertificateRefused(Invalid):
    def __init__(self, word: str) -> None:
        super().__init__(REFUSALS[word], FIELDS.get(word, "file"))
        self.word = word


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """What R2224-20-1 wants the certificate to say."""

    leak_place: str
    repaired_on: date | None
    plumber: str


def draft_of(leak_place: str, repaired_on: str, plumber: str) -> CertificateDraft:
    """From what was typed: no day, where it is not written as `<input type="date">` writes it."""
    try:
        return CertificateDraft(leak_place, date.fromisoformat(repaired_on), plumber)
    except ValueError:
        return CertificateDraft(leak_place, None, plumber)


async def check_certificate(
    session: AsyncSession, viewer: Viewer, alert_id: int, draft: CertificateDraft, today: date
) -> LeakAlert:
    """What can be told before its file is kept. After the month too: staff see that it is late, and decide. Raises
    NotFound, Forbidden, CertificateRefused."""
    await find_alert(session, viewer, alert_id)
    with acting(viewer) as actor:
        alert = await find_alert(session, actor, alert_id, to_write=True)
    await _check_open(session, alert)
    _check_words(draft, today)
    return alert


async def send_certificate(
    session: AsyncSession, viewer: Viewer, alert_id: int, draft: CertificateDraft, upload: Upload | None, now: datetime
) -> LeakCertificate:
    """Raises as `check_certificate` does, and where no file came, and keeps nothing."""
    if viewer.account_id is None:
        raise NotSignedIn
    today = now.astimezone(PARIS).date()
    alert = await check_certificate(session, viewer, alert_id, draft, today)
    if upload is None:
        raise CertificateRefused("fichier")
    certificate = LeakCertificate(
        alert_id=alert_id,
        leak_place=draft.leak_place.strip(),
        repaired_on=draft.repaired_on or today,
        plumber=draft.plumber.strip(),
        file_key=upload.key,
        media_type=upload.media_type,
        size_bytes=upload.size_bytes,
        sent_at=now,
        sent_by=viewer.account_id,
    )
    session.add(certificate)
    alert.certified_at = now
    audit.record(session, viewer, "Attestation de fuite reçue", f"Dossier {alert_id}", utility_id=alert.utility_id)
    await session.flush()
    return certificate


async def find_certificate(session: AsyncSession, viewer: Viewer, certificate_id: int) -> LeakCertificate:
    """Raises NotFound for one of an alert that is not the viewer's to read."""
    certificate = await session.get(LeakCertificate, certificate_id)
    if certificate is None:
        raise NotFound("Attestation")
    await find_alert(session, viewer, certificate.alert_id)
    return certificate


async def _check_open(session: AsyncSession, alert: LeakAlert) -> None:
    if alert.kind is not LeakKind.VOLUME or alert.is_decided:
        raise CertificateRefused("clos")
    sent = select(func.count()).where(col(LeakCertificate.alert_id) == alert.id)
    if (await session.exec(sent)).one() >= MOST_FILES:
        raise CertificateRefused("nombre")


def _check_words(draft: CertificateDraft, today: date) -> None:
    if not draft.leak_place.strip() or len(draft.leak_place) > LONGEST:
        raise CertificateRefused("lieu")
    if draft.repaired_on is None or not date(2000, 1, 1) <= draft.repaired_on <= today:
        raise CertificateRefused("date")
    if not draft.plumber.strip() or len(draft.plumber) > LONGEST:
        raise CertificateRefused("entreprise")
