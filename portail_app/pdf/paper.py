"""A sheet of A4 and what is put on it: text on a baseline, lines, rules, boxes. Millimetres, and points for type."""

from datetime import UTC, date, datetime, time
from typing import Literal

from fpdf import FPDF, ViewerPreferences

from portail_app.pdf.characters import printable
from portail_app.pdf.colours import INK, RULE, Colour
from portail_app.pdf.typeface import FAMILY, output_with_shared_fonts, typeface

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 15.0, 195.0
MM_PER_POINT = 25.4 / 72
ELLIPSIS = "…"


class Paper(FPDF):
    def __init__(self, *, title: str, author: str, dated: date) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.fonts.update(typeface().fonts)
        self.set_lang("fr-FR")
        self.set_title(printable(title))
        self.set_author(printable(author))
        self.set_creator("Portail des factures")
        self.set_creation_date(datetime.combine(dated, time(12), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 9,
        bold: bool = False,
        colour: Colour = INK,
        align: Literal["left", "right", "centre"] = "left",
        within: float | None = None,
    ) -> None:
        """One line whose baseline is `y`; longer than `within`, it is cut and ends with an ellipsis."""
        text = printable(text)
        if within is not None:
            text = cut(text, within, size, bold=bold)
        if align != "left":
            x -= line_width(text, size, bold=bold) / (1 if align == "right" else 2)
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.text(x, y, text)

    def put_figure(
        self,
        text: str,
        right: float,
        y: float,
        *,
        within: float,
        size: float = 9,
        bold: bool = False,
        colour: Colour = INK,
    ) -> None:
        """Right-aligned, never cut: a figure too long for its column is set smaller."""
        fitting = size * min(1, within / max(line_width(text, size, bold=bold), 0.1))
        self.put(text, right, y, size=fitting, bold=bold, colour=colour, align="right")

    def put_lines(
        self,
        lines: tuple[str, ...],
        x: float,
        y: float,
        *,
        leading: float,
        size: float = 9,
        bold: bool = False,
        colour: Colour = INK,
    ) -> float:
        """The baseline after the last line."""
        for line in lines:
            self.put(line, x, y, size=size, bold=bold, colour=colour)
            y += leading
        return y

    def rule(self, x: float, y: float, to_x: float, *, colour: Colour = RULE, thickness: float = 0.2) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(thickness)
        self.line(x, y, to_x, y)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: float = 0) -> None:
        self.set_fill_color(*colour)
        self.rect(x, y, width, height, style="F", round_corners=radius > 0, corner_radius=radius)

    def finish(self) -> bytes:
        return output_with_shared_fonts(self)


def line_width(text: str, size: float, *, bold: bool = False) -> float:
    return typeface().width(text, size, bold=bold) * MM_PER_POINT


def cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    if _letters_fitting(text, width, size, bold) == len(text):
        return text
    room = width - line_width(ELLIPSIS, size, bold=bold)
    return text[: _letters_fitting(text, room, size, bold)].rstrip() + ELLIPSIS


def wrap(text: str, width: float, size: float, *, bold: bool = False, at_most: int = 99) -> tuple[str, ...]:
    """Lines no wider than `width`; words too long are broken, what exceeds `at_most` lines ends with an ellipsis."""
    lines: list[str] = []
    rest = printable(text).strip(" ")
    while rest and len(lines) < at_most - 1:
        line = _first_line(rest, width, size, bold)
        lines.append(line.rstrip(" "))
        rest = rest[len(line) :].lstrip(" ")
    return (*lines, cut(rest, width, size, bold=bold)) if rest else tuple(lines)


def _first_line(text: str, width: float, size: float, bold: bool) -> str:
    """The words that fit, or the letters that fit of a word longer than the line."""
    fitting = _letters_fitting(text, width, size, bold)
    last_space = text.rfind(" ", 0, fitting + 1)
    if fitting == len(text) or last_space <= 0:
        return text[: max(fitting, 1)]
    return text[:last_space]


def _letters_fitting(text: str, width: float, size: float, bold: bool) -> int:
    widths, room = typeface().widths(bold=bold), width / MM_PER_POINT / size * 1000
    for count, letter in enumerate(text):
        room -= widths[ord(letter)]
        if room < 0:
            return count
    return len(text)
