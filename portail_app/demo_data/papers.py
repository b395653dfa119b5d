"""The papers of the demonstration: what the utility gives to read, and what Alice has sent."""

from datetime import UTC, datetime
from typing import NamedTuple

from fpdf import FPDF

from portail_app.gateways.file_kinds import PDF
from portail_app.gateways.storage import storage
from portail_app.services.files import Upload


class Sheet(NamedTuple):
    name: str
    title: str
    words: str


RULES = Sheet(
    "Règlement du service de l’eau.pdf",
    "Règlement du service de l’eau",
    "Le service fournit une eau conforme aux normes. L’abonné laisse le compteur accessible, le protège du gel, et "
    "signale sans tarder toute fuite. Les factures sont semestrielles.",
)
CONTRACT = Sheet(
    "Contrat d’abonnement.pdf",
    "Contrat d’abonnement",
    "Alice Martin, 12 rue du Moulin, 59900 Clermont-sur-Lys. Service de l’eau et de l’assainissement, compteur de "
    "15 mm. Le contrat se poursuit tant que l’abonnée occupe le logement.",
)
BANK = Sheet("Relevé d’identité bancaire.pdf", "Relevé d’identité bancaire", "IBAN : FR76 0000 0000 0000 0000 0000 000")
HOUSE = Sheet(
    "État des lieux d’entrée.pdf",
    "État des lieux d’entrée",
    "Index du compteur relevé ce jour, en présence des deux parties.",
)


def keep_paper(sheet: Sheet) -> Upload:
    content = draw_paper(sheet)
    return Upload(storage().add(content), sheet.name, PDF.media_type, len(content))


def draw_paper(sheet: Sheet) -> bytes:
    """The same bytes for the same sheet."""
    page = FPDF()
    page.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
    page.set_title(sheet.title)
    page.add_page()
    for size, text in ((18, sheet.title), (11, sheet.words)):
        page.set_font("Helvetica", size=size)
        page.multi_cell(0, size * 0.6, text.replace("’", "'"), new_x="LMARGIN", new_y="NEXT")
        page.ln(6)
    return bytes(page.output())
