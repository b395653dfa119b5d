"""The lines of a bill as rows of known height, so that pages are cut before anything is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portail_app.formats import euros, quantity, unit_price, vat_rate
from portail_app.pdf.colours import GREY, Accent
from portail_app.pdf.invoice_sheet import InvoiceSheet, SheetLine, SheetRubric
from portail_app.pdf.paper import LEFT, RIGHT, Paper, wrap

LABEL_WIDTH, LABEL_LINES, LEADING = 90.8, 3, 3.9
QUANTITY_RIGHT, UNIT_LEFT, PRICE_RIGHT, VAT_RIGHT, AMOUNT_RIGHT = 120.0, 121.5, 155.0, 169.0, RIGHT - 2
HEADS_HEIGHT = 7.0


@dataclass(frozen=True, slots=True)
class Row:
    kind: Literal["rubric", "line", "subtotal"]
    texts: tuple[str, ...]
    height: float
    line: SheetLine | None = None
    amount_cents: int = 0


def rows_of(sheet: InvoiceSheet) -> tuple[Row, ...]:
    return tuple(row for rubric in sheet.rubrics for row in _rubric_rows(rubric))


def pages_of(rows: tuple[Row, ...], *, first: float, others: float, ending: float) -> list[tuple[Row, ...]]:
    """Rows by page; the last page has room for the ending, no rubric's title is left alone at a bottom."""
    pages: list[list[Row]] = [[]]
    room = first - HEADS_HEIGHT
    for group in _inseparable(rows):
        height = sum(row.height for row in group)
        if height > room and (pages[-1] or len(pages) == 1):
            pages.append([])
            room = others - HEADS_HEIGHT
        pages[-1].extend(group)
        room -= height
    if ending > room:
        pages.append(_carried(pages[-1]))
    return [tuple(page) for page in pages]


def _carried(page: list[Row]) -> list[Row]:
    """The last line and subtotal go with the totals, unless they are the whole page: totals never come alone."""
    groups = list(_inseparable(tuple(page)))
    if len(groups) < 2:
        return []
    last = groups[-1]
    del page[-len(last) :]
    return last


def draw_column_heads(paper: Paper, accent: Accent, y: float) -> float:
    baseline = y + 4.2
    paper.put("Désignation", LEFT + 2, baseline, size=7.5, colour=GREY)
    paper.put("Quantité", QUANTITY_RIGHT, baseline, size=7.5, colour=GREY, align="right")
    paper.put("Unité", UNIT_LEFT, baseline, size=7.5, colour=GREY)
    paper.put("Prix unitaire HT", PRICE_RIGHT, baseline, size=7.5, colour=GREY, align="right")
    paper.put("TVA", VAT_RIGHT, baseline, size=7.5, colour=GREY, align="right")
    paper.put("Montant HT", AMOUNT_RIGHT, baseline, size=7.5, colour=GREY, align="right")
    paper.rule(LEFT, y + 6, RIGHT, colour=accent.strong, thickness=0.5)
    return y + HEADS_HEIGHT


def draw_row(paper: Paper, accent: Accent, row: Row, y: float) -> float:
    """The top of the next row."""
    if row.kind == "rubric":
        _draw_rubric(paper, accent, row, y)
    elif row.kind == "subtotal":
        _draw_subtotal(paper, row, y)
    elif row.line is not None:
        _draw_line(paper, row, row.line, y)
    return y + row.height


def _rubric_rows(rubric: SheetRubric) -> Iterator[Row]:
    yield Row("rubric", wrap(rubric.name, RIGHT - LEFT - 4, 9.5, bold=True, at_most=1), 6.3)
    for line in rubric.lines:
        texts = wrap(line.label, LABEL_WIDTH, 9, at_most=LABEL_LINES) or ("",)
        yield Row("line", texts, 1.0 + LEADING * len(texts), line)
    yield Row("subtotal", wrap(f"Total {rubric.name}", 120, 9, bold=True, at_most=1), 7.0, None, rubric.net_cents)


def _inseparable(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    """A title stays with its first line, a subtotal with its last."""
    group: list[Row] = []
    for row in rows:
        follows_a_line = bool(group) and group[-1].kind == "line"
        if group and (row.kind == "rubric" or (row.kind == "line" and follows_a_line)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _draw_rubric(paper: Paper, accent: Accent, row: Row, y: float) -> None:
    paper.fill(LEFT, y + 0.4, RIGHT - LEFT, row.height - 1, accent.tint)
    for text in row.texts:
        paper.put(text, LEFT + 2, y + 4.5, size=9.5, bold=True, colour=accent.strong)


def _draw_line(paper: Paper, row: Row, line: SheetLine, y: float) -> None:
    baseline = y + 3.6
    paper.put_lines(row.texts, LEFT + 2, baseline, leading=LEADING)
    if line.quantity is not None:
        paper.put_figure(quantity(line.quantity), QUANTITY_RIGHT, baseline, within=12)
    paper.put(line.unit, UNIT_LEFT, baseline, within=15.5)
    if line.unit_price is not None:
        paper.put_figure(unit_price(line.unit_price), PRICE_RIGHT, baseline, within=17)
    rate = vat_rate(line.vat_basis_points) if line.vat_basis_points else "–"
    paper.put_figure(rate, VAT_RIGHT, baseline, within=13)
    paper.put_figure(euros(line.amount_cents), AMOUNT_RIGHT, baseline, within=23)


def _draw_subtotal(paper: Paper, row: Row, y: float) -> None:
    paper.rule(LEFT, y + 0.6, RIGHT)
    for text in row.texts:
        paper.put(text, LEFT + 2, y + 4.4, bold=True)
    paper.put_figure(euros(row.amount_cents), AMOUNT_RIGHT, y + 4.4, within=23, bold=True)
