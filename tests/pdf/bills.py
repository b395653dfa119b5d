"""Alice's bill, and what a reader finds on a sheet: its words, and where each of them stands."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream

from models.billing.invoice import Invoice, InvoiceLine
from models.billing.utility import Utility
from models.billing.vat import totals_of
from models.people.subscriber import Subscriber
from portail_app.pdf.invoice_sheet import InvoiceSheet, sheet_of
from portail_app.pdf.paper import line_width
from portail_app.pdf.typeface import typeface

WATER, WASTE, BODIES = "Distribution de l’eau", "Collecte et traitement des eaux usées", "Organismes publics"
LINES = (
    (WATER, "Abonnement, compteur de 15 mm", "6", "mois", "4.35", 550),
    (WATER, "Consommation, tranche 1 (0 à 40 m³)", "40", "m3", "1.124", 550),
    (WATER, "Consommation, tranche 2 (au-delà de 40 m³)", "21", "m3", "1.5385", 550),
    (WASTE, "Abonnement à l’assainissement", "6", "mois", "3.10", 1000),
    (WASTE, "Eaux usées", "61", "m3", "1.352", 1000),
    (BODIES, "Redevance consommation d’eau potable", "61", "m3", "0.33", 550),
    (BODIES, "Redevance performance des réseaux d’eau potable", "61", "m3", "0.02", 550),
    (BODIES, "Redevance performance des systèmes d’assainissement collectif", "61", "m3", "0.03", 1000),
)


def utility(**changes) -> Utility:
    known = {
        "id": 1,
        "code": "gaves",
        "name": "Syndicat des eaux des Gaves",
        "address": "12 rue de la Poste\n64400 Oloron-Sainte-Marie",
        "phone": "05 59 39 00 00",
        "email": "contact@eaux-des-gaves.fr",
        "opening_hours": "du lundi au vendredi, 8 h 30 à 12 h",
        "emergency_phone": "05 59 39 00 99",
        "host": "factures.eaux-des-gaves.fr",
        "payfip_client": "004200",
    }
    return Utility(**known | changes)


def alice(**changes) -> Subscriber:
    known = {
        "id": 1,
        "utility_id": 1,
        "number": "A-004217",
        "name": "Mme Alice Marchand",
        "address": "Résidence des Gaves\n8 chemin du Lavoir",
        "postal_code": "64400",
        "city": "Oloron-Sainte-Marie",
    }
    return Subscriber(**known | changes)


def lines(wanted=LINES) -> list[InvoiceLine]:
    return [
        InvoiceLine(
            invoice_id=1,
            position=position,
            rubric=rubric,
            label=label,
            quantity=Decimal(count),
            unit=unit,
            unit_price=Decimal(price),
            amount_cents=int((Decimal(count) * Decimal(price) * 100).to_integral_value()),
            vat_basis_points=rate,
        )
        for position, (rubric, label, count, unit, price, rate) in enumerate(wanted, start=1)
    ]


def invoice(billed=(), **changes) -> Invoice:
    known = {
        "id": 1,
        "utility_id": 1,
        "subscriber_id": 1,
        "number": "2017-020-002059",
        "subject": "Multi Services",
        "issued_on": date(2017, 7, 10),
        "due_on": date(2017, 7, 21),
        "online_until": date(2017, 8, 20),
        "period_start": date(2017, 1, 1),
        "period_end": date(2017, 6, 30),
        "amount_cents": totals_of(billed).gross_cents,
    }
    return Invoice(**known | changes)


def sheet(wanted=LINES, *, of=None, by=None, contract_number="", logo=None, **changes) -> InvoiceSheet:
    billed = lines(wanted)
    return sheet_of(
        invoice(billed, **changes),
        billed,
        of or alice(),
        by or utility(),
        contract_number=contract_number,
        logo=logo,
    )


def pages(pdf: bytes) -> list[str]:
    """The words of each page, spaces of every width alike."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def plain(written: str) -> str:
    return " ".join(written.split())


class Placed(NamedTuple):
    """One printed string: millimetres from the left and from the bottom."""

    words: str
    left: float
    right: float
    baseline: float
    size: float


def placed(pdf: bytes) -> list[list[Placed]]:
    """Every string of each page, read back from the drawing operators."""
    reader = PdfReader(BytesIO(pdf))
    return [_placed_on(ContentStream(page.get_contents(), reader)) for page in reader.pages]


def _placed_on(stream: ContentStream) -> list[Placed]:
    letters = {style: _letters(font) for style, font in zip("12", typeface().fonts.values(), strict=True)}
    found, style, size, at = [], "1", 0.0, (0.0, 0.0)
    for operands, operator in stream.operations:
        if operator == b"Tf":
            style, size = operands[0][2:], float(operands[1])
        elif operator == b"Td":
            at = (float(operands[0]) * 25.4 / 72, float(operands[1]) * 25.4 / 72)
        elif operator == b"Tj":
            codes = operands[0].original_bytes
            words = "".join(letters[style][codes[i] << 8 | codes[i + 1]] for i in range(0, len(codes), 2))
            found.append(Placed(words, at[0], at[0] + line_width(words, size, bold=style == "2"), at[1], size))
    return found


def _letters(font) -> dict[int, str]:
    return {code: chr(glyph.unicode[0]) for glyph, code in font.subset.items()}
