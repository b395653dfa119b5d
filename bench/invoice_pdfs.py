"""Invoice PDFs per second and core: ours, and reportlab putting the same strings, boxes and rules at the same places.

    python -m bench.invoice_pdfs [--bills 60] [--rounds 7]

reportlab is given the finished layout, so its side of the race has no line to wrap and no figure to format.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from models.billing.invoice import Invoice, InvoiceLine
from models.billing.utility import Utility
from models.billing.vat import totals_of
from models.people.subscriber import Subscriber
from portail_app.pdf.invoice import draw_invoice
from portail_app.pdf.invoice_sheet import InvoiceSheet, sheet_of
from portail_app.pdf.paper import HEIGHT, Paper
from portail_app.pdf.typeface import FILES, FONTS

MM = 72 / 25.4
WATER, WASTE, BODIES = "Distribution de l’eau", "Collecte et traitement des eaux usées", "Organismes publics"
LINES = (
    (WATER, "Abonnement, compteur de 15 mm", "mois", "4.35", 550),
    (WATER, "Consommation, tranche 1", "m3", "1.124", 550),
    (WATER, "Consommation, tranche 2", "m3", "1.5385", 550),
    (WASTE, "Abonnement", "mois", "3.10", 1000),
    (WASTE, "Consommation", "m3", "1.352", 1000),
    (BODIES, "Redevance consommation d’eau potable", "m3", "0.33", 550),
    (BODIES, "Redevance performance des réseaux d’eau potable", "m3", "0.02", 550),
    (BODIES, "Redevance performance des systèmes d’assainissement collectif", "m3", "0.03", 1000),
)
Content = TypeVar("Content")


class Mark(NamedTuple):
    """A string, a box or a rule as it was put on our sheet, in millimetres from the top."""

    kind: str
    page: int
    place: tuple[float, ...]
    colour: Any
    text: str = ""
    font: str = ""
    size: float = 0


class Race(NamedTuple):
    """Seconds of processor for one bill, round by round, and the mean size in bytes."""

    seconds: list[float]
    size: int


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--bills", type=int, default=60)
    asked.add_argument("--rounds", type=int, default=7)
    options = asked.parse_args()
    for style, file in FILES.items():
        pdfmetrics.registerFont(TTFont(f"Atkinson{style}", str(FONTS / file)))
    for name, times in (("1 page, 8 lines", 1), ("2 pages, 48 lines", 6)):
        sheets = [bill(number, times) for number in range(options.bills)]
        report(name, *race(sheets, [marks_of(sheet) for sheet in sheets], options.rounds))


def race(sheets: list[InvoiceSheet], marks: list[list[Mark]], rounds: int) -> tuple[Race, Race]:
    """The two take turns; the first round warms up and does not count."""
    turns = [(spent(draw_invoice, sheets), spent(draw_by_reportlab, marks)) for _ in range(rounds + 1)][1:]
    ours, theirs = zip(*turns, strict=True)
    return Race([s for s, _ in ours], ours[0][1]), Race([s for s, _ in theirs], theirs[0][1])


def spent(draw: Callable[[Content], bytes], contents: list[Content]) -> tuple[float, int]:
    started, size = time.process_time(), 0
    for content in contents:
        size += len(draw(content))
    return (time.process_time() - started) / len(contents), size // len(contents)


def report(name: str, ours: Race, theirs: Race) -> None:
    our_rate, their_rate = (1 / statistics.median(side.seconds) for side in (ours, theirs))
    print(
        f"| invoice PDFs per second and core ({name}) | {our_rate:.0f} (to reach: 25) | reportlab {their_rate:.0f}, "
        f"ratio {our_rate / their_rate:.2f} | {ours.size / 1000:.0f} KB, reportlab {theirs.size / 1000:.0f} KB |"
    )


def bill(number: int, times: int) -> InvoiceSheet:
    drawn = random.Random(number)
    lines = [line(position, *wanted, drawn) for position, wanted in enumerate(LINES * times)]
    invoice = Invoice(
        utility_id=1,
        subscriber_id=1,
        number=f"2017-020-{number:06d}",
        subject="Eau et assainissement",
        issued_on=date(2017, 7, 10),
        due_on=date(2017, 7, 21),
        period_start=date(2017, 1, 1),
        period_end=date(2017, 6, 30),
        amount_cents=totals_of(lines).gross_cents,
    )
    return sheet_of(invoice, lines, subscriber(number), UTILITY)


def line(position: int, rubric: str, label: str, unit: str, price: str, rate: int, drawn: random.Random) -> InvoiceLine:
    count = Decimal(drawn.randint(1, 99))
    return InvoiceLine(
        invoice_id=1,
        position=position,
        rubric=rubric,
        label=label,
        quantity=count,
        unit=unit,
        unit_price=Decimal(price),
        amount_cents=int((count * Decimal(price) * 100).to_integral_value()),
        vat_basis_points=rate,
    )


def subscriber(number: int) -> Subscriber:
    return Subscriber(
        utility_id=1,
        number=f"A-{number:06d}",
        name=f"Mme Alice Marchand {number}",
        address=f"{number} chemin du Lavoir",
        postal_code="64400",
        city="Oloron-Sainte-Marie",
    )


UTILITY = Utility(
    code="gaves",
    name="Syndicat des eaux des Gaves",
    address="12 rue de la Poste\n64400 Oloron-Sainte-Marie",
    phone="05 59 39 00 00",
    email="contact@eaux-des-gaves.fr",
    opening_hours="du lundi au vendredi, 8 h 30 à 12 h",
    emergency_phone="05 59 39 00 99",
    host="factures.eaux-des-gaves.fr",
)


def marks_of(sheet: InvoiceSheet) -> list[Mark]:
    marks: list[Mark] = []

    class Recorder(Paper):
        def text(self, x: float, y: float, text: str = "") -> None:
            font = f"Atkinson{self.font_style}"
            marks.append(Mark("text", self.page, (x, y), self.text_color.colors, text, font, self.font_size_pt))

        def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
            marks.append(Mark("rule", self.page, (x1, y1, x2, y2), self.draw_color.colors, size=self.line_width))

        def rect(self, x: float, y: float, w: float, h: float, **how: Any) -> None:
            radius = how["corner_radius"]
            marks.append(Mark("box", self.page, (x, y, w, h, radius), self.fill_color.colors))

    with patch("portail_app.pdf.invoice.Paper", Recorder):
        draw_invoice(sheet)
    return marks


def draw_by_reportlab(marks: list[Mark]) -> bytes:
    written = BytesIO()
    canvas = Canvas(written, pagesize=(595.28, 841.89), pageCompression=1)
    canvas.setTitle("Facture")
    page = 1
    for mark in marks:
        if mark.page != page:
            canvas.showPage()
            page = mark.page
        DRAWN[mark.kind](canvas, mark)
    canvas.save()
    return written.getvalue()


def _text(canvas: Canvas, mark: Mark) -> None:
    canvas.setFont(mark.font, mark.size)
    canvas.setFillColorRGB(*mark.colour)
    canvas.drawString(mark.place[0] * MM, (HEIGHT - mark.place[1]) * MM, mark.text)


def _rule(canvas: Canvas, mark: Mark) -> None:
    x, y, to_x, to_y = mark.place
    canvas.setLineWidth(mark.size * MM)
    canvas.setStrokeColorRGB(*mark.colour)
    canvas.line(x * MM, (HEIGHT - y) * MM, to_x * MM, (HEIGHT - to_y) * MM)


def _box(canvas: Canvas, mark: Mark) -> None:
    x, y, width, height, radius = (part * MM for part in mark.place)
    canvas.setFillColorRGB(*mark.colour)
    canvas.roundRect(x, HEIGHT * MM - y - height, width, height, radius, stroke=0, fill=1)


DRAWN = {"text": _text, "rule": _rule, "box": _box}


if __name__ == "__main__":
    main()
