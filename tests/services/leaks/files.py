"""Certificates as a telephone or a plumber's office sends them."""

from datetime import date
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter

from portail_app.gateways.storage import storage
from portail_app.services.files import Upload
from portail_app.services.leaks.certificates import CertificateDraft


def photo(kind: str = "JPEG", size: tuple[int, int] = (320, 240)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (90, 120, 160)).save(content, kind)
    return content.getvalue()


def pdf(pages: int = 1) -> bytes:
    writer, content = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(content)
    return content.getvalue()


def draft(**values: object) -> CertificateDraft:
    usual = {"leak_place": "Jardin, sous l’allée", "repaired_on": date(2026, 11, 20), "plumber": "SARL Plomberie Lys"}
    return CertificateDraft(**{**usual, **values})


def kept(content: bytes = photo(), media_type: str = "image/jpeg") -> Upload:
    """As `http/uploads.py` hands it on."""
    return Upload(storage().add(content), "attestation", media_type, len(content))
