"""A bill as a French subscriber knows it: who owes what, until when, and why, by rubric (arrêté of 10 July 1996)."""

from portail_app.formats import day, euros
from portail_app.pdf.colours import GREY, INK, PAPER
from portail_app.pdf.contact import closing_height, draw_closing
from portail_app.pdf.invoice_rows import Row, draw_column_heads, draw_row, pages_of, rows_of
from portail_app.pdf.invoice_sheet import InvoiceSheet
from portail_app.pdf.invoice_totals import draw_totals, totals_height
from portail_app.pdf.letterhead import draw_addressee, draw_foot, draw_head, draw_running_head
from portail_app.pdf.paper import LEFT, RIGHT, Paper, line_width, wrap

SUMMARY_TOP, SUMMARY_HEIGHT = 83.0, 29.5
FIRST_TABLE_TOP, TABLE_TOP, BOTTOM = 115.5, 22.0, 283.0
GAP = 3.0
ADVICE_LINES = 4


def draw_invoice(sheet: InvoiceSheet) -> bytes:
    paper = Paper(title=sheet.title, author=sheet.head.name, dated=sheet.issued_on)
    pages = pages_of(
        rows_of(sheet),
        first=BOTTOM - FIRST_TABLE_TOP,
        others=BOTTOM - TABLE_TOP,
        ending=totals_height(sheet) + closing_height(sheet) + 2 * GAP,
    )
    for number, rows in enumerate(pages, start=1):
        paper.add_page()
        _draw_top(paper, sheet, is_first=number == 1)
        end = _draw_table(paper, sheet, rows, FIRST_TABLE_TOP if number == 1 else TABLE_TOP)
        if number == len(pages):
            _draw_ending(paper, sheet, end)
        draw_foot(paper, sheet.head, sheet.title, number, len(pages))
    return paper.finish()


def _draw_top(paper: Paper, sheet: InvoiceSheet, *, is_first: bool) -> None:
    if not is_first:
        draw_running_head(paper, sheet.head, sheet.title)
        return
    draw_head(paper, sheet.head, "AVOIR" if sheet.is_credit_note else "FACTURE", sheet.number)
    _draw_references(paper, sheet)
    draw_addressee(paper, sheet.addressee)
    _draw_summary(paper, sheet)
    _draw_fold_marks(paper)


def _draw_references(paper: Paper, sheet: InvoiceSheet) -> None:
    y = 46.0
    for label, value in _references(sheet):
        lines = wrap(value, 51, 9, bold=True, at_most=2)
        paper.put(label, LEFT, y, size=8.5, colour=GREY)
        y = paper.put_lines(lines, LEFT + 34, y, leading=4.2, size=9, bold=True) + 1.1


def _references(sheet: InvoiceSheet) -> list[tuple[str, str]]:
    wanted = [
        ("Date de l’avoir" if sheet.is_credit_note else "Date de facture", day(sheet.issued_on)),
        ("" if sheet.is_credit_note else "Échéance", day(sheet.due_on)),
        ("N° d’abonné", sheet.subscriber_number),
        ("N° de contrat", sheet.contract_number),
        ("Objet", sheet.subject),
        ("Période", _period(sheet)),
    ]
    return [(label, value) for label, value in wanted if label and value.strip()]


def _period(sheet: InvoiceSheet) -> str:
    return f"du {day(sheet.period[0])} au {day(sheet.period[1])}" if sheet.period else ""


def _draw_summary(paper: Paper, sheet: InvoiceSheet) -> None:
    headline, accent = sheet.headline, sheet.head.accent
    middle = LEFT + 68
    paper.fill(LEFT, SUMMARY_TOP, RIGHT - LEFT, SUMMARY_HEIGHT, accent.tint, radius=2.5)
    paper.fill(LEFT, SUMMARY_TOP, 68, SUMMARY_HEIGHT, accent.strong, radius=2.5)
    _draw_amount_due(paper, sheet)
    paper.put(headline.advice_title, middle + 7, SUMMARY_TOP + 7.5, size=11, bold=True, colour=accent.strong)
    advice = tuple(line for sentence in headline.advice for line in wrap(sentence, 99, 9))
    paper.put_lines(advice[:ADVICE_LINES], middle + 7, SUMMARY_TOP + 13, leading=4.5)


def _draw_amount_due(paper: Paper, sheet: InvoiceSheet) -> None:
    headline = sheet.headline
    lowered = 0 if headline.when else 3
    paper.put(headline.label, LEFT + 7, SUMMARY_TOP + 7.5 + lowered, size=10.5, colour=PAPER)
    amount = euros(headline.amount_cents)
    size = min(26.0, 26.0 * 54 / line_width(amount, 26, bold=True))
    paper.put(amount, LEFT + 7, SUMMARY_TOP + 18.5 + lowered, size=size, bold=True, colour=PAPER)
    paper.put(headline.when, LEFT + 7, SUMMARY_TOP + 25.5, size=10.5, bold=True, colour=PAPER, within=58)


def _draw_fold_marks(paper: Paper) -> None:
    for y in (99.0, 198.0):
        paper.rule(4, y, 8)


def _draw_table(paper: Paper, sheet: InvoiceSheet, rows: tuple[Row, ...], y: float) -> float:
    """Where the table ends."""
    if not sheet.rubrics:
        paper.put("Le détail de cette facture est disponible auprès du service.", LEFT, y + 5, colour=INK)
        return y + 10
    if rows:
        y = draw_column_heads(paper, sheet.head.accent, y)
    for row in rows:
        y = draw_row(paper, sheet.head.accent, row, y)
    return y


def _draw_ending(paper: Paper, sheet: InvoiceSheet, y: float) -> None:
    """The totals under the lines, the contacts at the bottom of the page."""
    draw_totals(paper, sheet, y + GAP)
    draw_closing(paper, sheet, BOTTOM - closing_height(sheet))
