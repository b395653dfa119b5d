"""The file of a leak as one PDF: what was seen, what was decided, and the certificates themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from portail_app.pdf.colours import GREY, INK
from portail_app.pdf.contact import draw_contacts
from portail_app.pdf.leak_attachments import Attachment, Opened, join, open_attachments
from portail_app.pdf.letterhead import Letterhead, draw_addressee, draw_foot, draw_head, draw_running_head
from portail_app.pdf.paper import LEFT, RIGHT, Paper, wrap

TOP, NEXT_TOP, BOTTOM, LABEL_WIDTH = 92.0, 28.0, 258.0, 62.0
LEADING, GAP = 4.6, 1.0
TITLE_HEIGHT, ABOVE_A_TITLE = 7.5, 4.5
UNREADABLE = "ne peut pas être jointe ici : elle se télécharge à part, sur le portail"


@dataclass(frozen=True, slots=True)
class Section:
    """A title over lines of label and value; a line without a label is a paragraph."""

    title: str
    lines: tuple[tuple[str, str], ...]


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


@dataclass(frozen=True, slots=True)
class Row:
    """A title where `label` is None. `height` is down to the next row's baseline."""

    label: str | None
    lines: tuple[str, ...]
    height: float


def draw_leak_file(sheet: LeakSheet) -> bytes:
    opened = open_attachments(sheet.attachments)
    own = len(_pages_of(sheet.sections + _contents(opened, 0)))
    pages = _pages_of(sheet.sections + _contents(opened, own))
    total = own + sum(one.pages for one in opened)
    paper = Paper(title=sheet.title, author=sheet.head.name, dated=sheet.dated)
    for page, rows in enumerate(pages, start=1):
        _draw_page(paper, sheet, rows, page, total)
    for page, one in enumerate((one for one in opened if one.picture is not None), start=own + 1):
        _draw_picture(paper, sheet, one, page, total)
    return join(paper.finish(), opened)


def _contents(opened: Sequence[Opened], own_pages: int) -> tuple[Section, ...]:
    """Which pages hold which certificate; where their numbers are not known yet, lines of the same height."""
    ends = accumulate((one.pages for one in opened), initial=own_pages)
    lines = tuple((one.title, _place(before + 1, one.pages)) for one, before in zip(opened, ends, strict=False))
    return (Section("Pièces jointes", lines),) if lines else ()


def _place(first: int, pages: int) -> str:
    if not pages:
        return UNREADABLE
    return f"page {first}" if pages == 1 else f"pages {first} à {first + pages - 1}"


def _pages_of(sections: Sequence[Section]) -> list[list[Row]]:
    """What each page holds; a title keeps its first line."""
    pages: list[list[Row]] = [[]]
    room = BOTTOM - TOP
    for section in sections:
        for rows in _kept_together(section):
            height = sum(row.height for row in rows)
            if height > room:
                pages.append([])
                room = BOTTOM - NEXT_TOP
            pages[-1] += rows
            room -= height
    return pages


def _kept_together(section: Section) -> Iterator[list[Row]]:
    title = Row(None, (section.title,), TITLE_HEIGHT)
    rows = [_row(label, value) for label, value in section.lines]
    yield [title, *rows[:1]]
    for row in rows[1:]:
        yield [row]
    yield [Row("", (), ABOVE_A_TITLE)]


def _row(label: str, value: str) -> Row:
    lines = wrap(value, RIGHT - _left_of(label), 9.5, at_most=12)
    return Row(label, lines, max(1, len(lines)) * LEADING + GAP)


def _left_of(label: str) -> float:
    return LEFT + LABEL_WIDTH if label else LEFT


def _draw_page(paper: Paper, sheet: LeakSheet, rows: Sequence[Row], page: int, total: int) -> None:
    paper.add_page()
    if page == 1:
        draw_head(paper, sheet.head, "FUITE", sheet.number)
        draw_addressee(paper, sheet.addressee)
        draw_contacts(paper, sheet.head, 266)
    else:
        draw_running_head(paper, sheet.head, sheet.title)
    y = TOP if page == 1 else NEXT_TOP
    for row in rows:
        _draw_row(paper, sheet.head, row, y)
        y += row.height
    draw_foot(paper, sheet.head, sheet.title, page, total)


def _draw_row(paper: Paper, head: Letterhead, row: Row, y: float) -> None:
    if row.label is None:
        paper.put(row.lines[0], LEFT, y, size=11.5, bold=True, colour=head.accent.strong, within=RIGHT - LEFT)
        paper.rule(LEFT, y + 2, RIGHT, colour=head.accent.strong, thickness=0.5)
        return
    paper.put(row.label, LEFT, y, colour=GREY, within=LABEL_WIDTH - 2)
    colour = INK if row.label else GREY
    paper.put_lines(row.lines, _left_of(row.label), y, leading=LEADING, size=9.5, colour=colour)


def _draw_picture(paper: Paper, sheet: LeakSheet, opened: Opened, page: int, total: int) -> None:
    assert opened.picture is not None
    paper.add_page()
    draw_running_head(paper, sheet.head, opened.title)
    paper.image(opened.picture, LEFT, 22, RIGHT - LEFT, 258, keep_aspect_ratio=True, alt_text=opened.title)
    draw_foot(paper, sheet.head, sheet.title, page, total)
