"""A plain PDF of a bill, as a billing software hands it over beside its rows."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

from portail_app.demo_data.bills import Bill, Line
from portail_app.demo_data.cast import CastHistory
from portail_app.demo_data.cells import day_cell, euros_cell, price_cell, rate_cell
from portail_app.demo_data.people import Household

WIDTHS = (92, 20, 20, 24, 14)


def write_pdfs(folder: Path, cast: Iterable[CastHistory]) -> None:
    """The oldest and the newest bill of each of the cast; the portal draws the others itself."""
    folder.mkdir(exist_ok=True)
    for household, history in cast:
        for bill, _ in (history[0], history[-1]):
            (folder / f"{household.utility}_{bill.number}.pdf").write_bytes(draw_pdf(household, bill))


def draw_pdf(household: Household, bill: Bill) -> bytes:
    """The same bytes for the same bill."""
    page = FPDF()
    page.set_creation_date(datetime(bill.issued_on.year, bill.issued_on.month, bill.issued_on.day, tzinfo=UTC))
    page.set_title(f"Facture {bill.number}")
    page.add_page()
    _write(page, f"Facture {bill.number} du {day_cell(bill.issued_on)}", size=16)
    _write(page, f"{household.name}\n{household.address}\n{household.postal_code} {household.city}")
    _write(page, f"Période du {day_cell(bill.period_start)} au {day_cell(bill.period_end)}")
    for line in bill.lines:
        _write_row(page, line)
    _write(page, f"Net à payer TTC : {euros_cell(bill.amount_cents)} EUR avant le {day_cell(bill.due_on)}", size=13)
    return bytes(page.output())


def _write(page: FPDF, text: str, size: int = 10) -> None:
    page.set_font("Helvetica", size=size)
    page.multi_cell(0, size * 0.6, _latin(text), new_x="LMARGIN", new_y="NEXT")
    page.ln(4)


def _write_row(page: FPDF, line: Line) -> None:
    page.set_font("Helvetica", size=8)
    cells = (
        f"{line.rubric} : {line.label}",
        f"{line.quantity} {line.unit}",
        price_cell(line.price),
        euros_cell(line.amount_cents),
        f"{rate_cell(line.vat_basis_points)} %",
    )
    for width, cell in zip(WIDTHS, cells, strict=True):
        page.cell(width, 5, _latin(cell))
    page.ln()


def _latin(text: str) -> str:
    """The fonts that every reader has know neither the typographic apostrophe nor the euro."""
    return text.replace("’", "'")
