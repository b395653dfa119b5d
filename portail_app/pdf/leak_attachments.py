"""The certificates of a leak's file, opened once: photos for sheets of ours, PDFs whose own sheets are joined."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

PDF = "application/pdf"
MOST_PAGES = 30  # of each certificate
LONGEST_SIDE = 2000  # pixels: an A4 sheet at 170 dots an inch
BROKEN_PDF = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError)
BROKEN_IMAGE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attachment:
    title: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture, the sheets of a PDF, or neither where it cannot be read."""

    title: str
    picture: Image.Image | None = None
    sheets: tuple[PageObject, ...] = ()

    @property
    def pages(self) -> int:
        return len(self.sheets) if self.picture is None else 1


def open_attachments(attachments: Sequence[Attachment]) -> list[Opened]:
    """In the order of the file's pages: the photos, then the PDFs."""
    photos = [Opened(one.title, picture=_upright(one.content)) for one in attachments if one.media_type != PDF]
    return [*photos, *(_sheets_of(one) for one in attachments if one.media_type == PDF)]


def join(summary: bytes, opened: Sequence[Opened]) -> bytes:
    """Behind our own sheets. One that only now cannot be copied is left out; it downloads apart."""
    if not any(one.sheets for one in opened):
        return summary
    writer = PdfWriter(clone_from=BytesIO(summary))
    for one in opened:
        try:
            for sheet in one.sheets:
                writer.add_page(sheet)
        except BROKEN_PDF as trouble:
            log.warning("%s is not joined: %s", one.title, type(trouble).__name__)
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()


def _sheets_of(attachment: Attachment) -> Opened:
    try:
        return Opened(attachment.title, sheets=tuple(PdfReader(BytesIO(attachment.content)).pages[:MOST_PAGES]))
    except BROKEN_PDF as trouble:
        log.warning("%s cannot be read: %s", attachment.title, type(trouble).__name__)
        return Opened(attachment.title)


def _upright(content: bytes) -> Image.Image | None:
    """As its camera held it, no larger than a sheet shows, and without what else the camera wrote (place, hour)."""
    try:
        with Image.open(BytesIO(content)) as photo:
            turned = ImageOps.exif_transpose(photo).convert("RGB")
    except BROKEN_IMAGE:
        return None
    turned.info.clear()
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned
