"""The file of a leak as one PDF: what was seen, what was decided, and the certificates themselves."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from portail_app.pdf.colours import GREY, INK
from portail_app.pdf.contact import draw_contacts
from portail_app.pdf.letterhead import Letterhead, draw_addressee, draw_foot, draw_head, draw_running_head
from portail_app.pdf.paper import LEFT, RIGHT, Paper, wrap

PDF = "application/pdf"
TOP, BOTTOM, LABEL_WIDTH = 92.0, 258.0, 62.0
MOST_PAGES = 30  # of each certificate
LONGEST_SIDE = 2000  # pixels: an A4 sheet at 170 dots an inch
UNREADABLE = "Cette pièce ne peut pas être jointe ici : elle se télécharge à part."
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Section:
    """A title over lines of label and value; a line without a label is a paragraph."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    title: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class LeakSheet:
    head: Letterhead
    addressee: tuple[str, ...]
    number: str
    dated: date
    sections: tuple[Section, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def title(self) -> str:
        return f"Dossier de fuite n° {self.number}"


def draw_leak_file(sheet: LeakSheet) -> bytes:
    paper = Paper(title=sheet.title, author=sheet.head.name, dated=sheet.dated)
    pages = 1 + sum(attachment.media_type != PDF for attachment in sheet.attachments)
    _draw_summary(paper, sheet, pages)
    for page, attachment in enumerate(_images(sheet), start=2):
        _draw_image(paper, sheet, attachment, page, pages)
    return _joined(paper.finish(), [one for one in sheet.attachments if one.media_type == PDF])


def _draw_summary(paper: Paper, sheet: LeakSheet, pages: int) -> None:
    paper.add_page()
    draw_head(paper, sheet.head, "FUITE", sheet.number)
    draw_addressee(paper, sheet.addressee)
    y = TOP
    for section in sheet.sections:
        y = _draw_section(paper, sheet, section, y)
    draw_contacts(paper, sheet.head, 266)
    draw_foot(paper, sheet.head, sheet.title, 1, pages)


def _draw_section(paper: Paper, sheet: LeakSheet, section: Section, y: float) -> float:
    """The top of the next one; what would not fit on the sheet is left to the portal's page."""
    paper.put(section.title, LEFT, y, size=11.5, bold=True, colour=sheet.head.accent.strong)
    paper.rule(LEFT, y + 2, RIGHT, colour=sheet.head.accent.strong, thickness=0.5)
    y += 7.5
    for label, value in section.lines:
        if y > BOTTOM:
            break
        paper.put(label, LEFT, y, colour=GREY, within=LABEL_WIDTH - 2)
        left = LEFT + LABEL_WIDTH if label else LEFT
        y = paper.put_lines(wrap(value, RIGHT - left, 9.5, at_most=6), left, y, leading=4.6, size=9.5, colour=INK) + 1
    return y + 4.5


def _images(sheet: LeakSheet) -> Iterator[Attachment]:
    return (one for one in sheet.attachments if one.media_type != PDF)


def _draw_image(paper: Paper, sheet: LeakSheet, attachment: Attachment, page: int, pages: int) -> None:
    paper.add_page()
    draw_running_head(paper, sheet.head, attachment.title)
    picture = _upright(attachment.content)
    if picture is None:
        paper.put(UNREADABLE, LEFT, 30)
    else:
        paper.image(picture, LEFT, 22, RIGHT - LEFT, 258, keep_aspect_ratio=True, alt_text=attachment.title)
    draw_foot(paper, sheet.head, sheet.title, page, pages)


def _upright(content: bytes) -> Image.Image | None:
    """As its camera held it, no larger than a sheet shows, and without what else the camera wrote (place, hour)."""
    try:
        with Image.open(BytesIO(content)) as photo:
            turned = ImageOps.exif_transpose(photo).convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned


def _joined(summary: bytes, attachments: list[Attachment]) -> bytes:
    """The summary alone where there is nothing to join; a PDF that cannot be read is left out, and downloads apart."""
    if not attachments:
        return summary
    writer = PdfWriter(clone_from=BytesIO(summary))
    for attachment in attachments:
        try:
            pages = PdfReader(BytesIO(attachment.content)).pages[:MOST_PAGES]
            for sheet in pages:
                writer.add_page(sheet)
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as trouble:
            log.warning("%s is not joined: %s", attachment.title, type(trouble).__name__)
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()
