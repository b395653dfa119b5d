"""The end of a bill: whom to ask, whom to call at night, and what the law says."""

from collections.abc import Iterator

from portail_app.pdf.colours import GREY, INK, RULE
from portail_app.pdf.invoice_sheet import InvoiceSheet
from portail_app.pdf.letterhead import Letterhead
from portail_app.pdf.paper import LEFT, RIGHT, Paper, wrap

NOTE_SIZE, NOTE_LEADING = 7.0, 3.0
CONTACT_HEIGHT = 16.5
COLUMN = (RIGHT - LEFT) / 3

VAT_NOTE = "La TVA est calculée par taux sur la somme des montants HT, puis arrondie au centime."
WATER_NOTE = (
    "Présentation conforme à l’arrêté du 10 juillet 1996 relatif aux factures de distribution de l’eau "
    "et de collecte et de traitement des eaux usées."
)
TREASURY_NOTE = (
    "Une facture qui n’est pas réglée dans les délais est transmise en trésorerie\u00a0; "
    "un avis de somme à payer est alors envoyé par courrier."
)
APPEAL_NOTE = (
    "Vous pouvez contester cette somme dans les deux mois suivant sa réception, devant le tribunal compétent selon "
    "la nature de la créance (article L.\u00a01617-5 du Code général des collectivités territoriales). Après une "
    "réclamation écrite restée sans suite, un consommateur peut saisir gratuitement un médiateur "
    "(article L.\u00a0612-1 du Code de la consommation)."
)


def closing_height(sheet: InvoiceSheet) -> float:
    return CONTACT_HEIGHT + 2 + NOTE_LEADING * len(_notes(sheet))


def draw_closing(paper: Paper, sheet: InvoiceSheet, y: float) -> None:
    draw_contacts(paper, sheet.head, y)
    paper.put_lines(_notes(sheet), LEFT, y + CONTACT_HEIGHT + 4, leading=NOTE_LEADING, size=NOTE_SIZE, colour=GREY)


def draw_contacts(paper: Paper, head: Letterhead, y: float) -> None:
    paper.rule(LEFT, y, RIGHT, colour=RULE)
    for rank, (title, lines) in enumerate(_contacts(head)):
        x = LEFT + rank * COLUMN
        paper.put(title, x, y + 4.8, size=8.5, bold=True, colour=head.accent.strong, within=COLUMN - 4)
        wrapped = tuple(part for line in lines for part in wrap(line, COLUMN - 4, 8.5, at_most=2))
        paper.put_lines(wrapped[:3], x, y + 8.8, leading=3.7, size=8.5, colour=INK)


def _contacts(head: Letterhead) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_phone = tuple(line for line in (head.phone, head.opening_hours) if line)
    if by_phone:
        yield "Par téléphone", by_phone
    if head.email or head.portal_address:
        yield "En ligne", tuple(line for line in (head.portal_address, head.email) if line)
    if head.emergency_phone:
        yield "Urgences, jour et nuit", (head.emergency_phone,)


def _notes(sheet: InvoiceSheet) -> tuple[str, ...]:
    notes = [VAT_NOTE]
    if sheet.is_of_water:
        notes.append(WATER_NOTE)
    if not sheet.is_credit_note:
        notes += [TREASURY_NOTE, APPEAL_NOTE]
    return wrap(" ".join(notes), RIGHT - LEFT, NOTE_SIZE)
