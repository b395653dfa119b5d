"""Under the lines: the VAT by rate on the left, what it comes to on the right."""

from portail_app.formats import euros, vat_rate
from portail_app.pdf.colours import GREY, PAPER
from portail_app.pdf.invoice_sheet import InvoiceSheet
from portail_app.pdf.paper import LEFT, RIGHT, Paper

STEP = 5.0
RATE_LEFT, BASE_RIGHT, VAT_RIGHT = LEFT + 2, LEFT + 54, LEFT + 80
SUMS_LEFT = LEFT + 96
LARGEST_ROUNDING_CENTS = 10

Sum = tuple[str, int, bool]  # what, cents, whether bold


def totals_height(sheet: InvoiceSheet) -> float:
    return max(8 + STEP * len(sheet.totals.shares), STEP * len(_sums(sheet)) + 12)


def draw_totals(paper: Paper, sheet: InvoiceSheet, y: float) -> None:
    if sheet.totals.shares:
        _draw_vat(paper, sheet, y)
    _draw_sums(paper, sheet, y)


def _draw_vat(paper: Paper, sheet: InvoiceSheet, y: float) -> None:
    paper.put("Taux de TVA", RATE_LEFT, y + 3.5, size=7.5, colour=GREY)
    paper.put("Base HT", BASE_RIGHT, y + 3.5, size=7.5, colour=GREY, align="right")
    paper.put("Montant de la TVA", VAT_RIGHT, y + 3.5, size=7.5, colour=GREY, align="right")
    paper.rule(LEFT, y + 5.2, VAT_RIGHT + 2)
    for share in sheet.totals.shares:
        y += STEP
        rate = vat_rate(share.basis_points) if share.basis_points else "Non soumis"
        paper.put(rate, RATE_LEFT, y + 4.3)
        paper.put_figure(euros(share.net_cents), BASE_RIGHT, y + 4.3, within=28)
        paper.put_figure(euros(share.vat_cents), VAT_RIGHT, y + 4.3, within=24)


def _draw_sums(paper: Paper, sheet: InvoiceSheet, y: float) -> None:
    for label, cents, is_bold in _sums(sheet):
        paper.put(label, SUMS_LEFT, y + 3.5, bold=is_bold)
        paper.put_figure(euros(cents), RIGHT - 2, y + 3.5, within=40, bold=is_bold)
        y += STEP
    y += 0.8
    accent = sheet.head.accent.strong
    paper.fill(SUMS_LEFT - 4, y, RIGHT - SUMS_LEFT + 4, 9, accent, radius=1.5)
    label, cents = _last_word(sheet)
    paper.put(label, SUMS_LEFT, y + 6, size=10.5, bold=True, colour=PAPER)
    paper.put_figure(euros(cents), RIGHT - 2, y + 6, within=42, size=11, bold=True, colour=PAPER)


def _sums(sheet: InvoiceSheet) -> list[Sum]:
    sums: list[Sum] = []
    if sheet.rubrics:
        sums += [("Total HT", sheet.totals.net_cents, False), ("Total TVA", sheet.totals.vat_cents, False)]
    if sheet.adjustment_cents:
        is_rounding = abs(sheet.adjustment_cents) <= LARGEST_ROUNDING_CENTS
        sums.append(("Arrondi" if is_rounding else "Autres sommes", sheet.adjustment_cents, False))
    sums.append(("Total TTC", sheet.amount_cents, True))
    if sheet.paid_cents:
        sums.append(("Déjà réglé", -sheet.paid_cents, False))
    return sums


def _last_word(sheet: InvoiceSheet) -> tuple[str, int]:
    if sheet.is_credit_note:
        return "En votre faveur", abs(sheet.amount_cents)
    if sheet.balance_cents < 0:
        return "Trop-perçu", -sheet.balance_cents
    return "Reste à régler", sheet.balance_cents
