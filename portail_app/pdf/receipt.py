"""The proof of payment that the subscriber keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.billing.payment import PaymentAllocation, PaymentAttempt, PaymentMeans, Receipt
from models.billing.utility import Utility
from models.people.subscriber import Subscriber
from portail_app.formats import PARIS, euros, instant
from portail_app.pdf.colours import GREY, PAPER
from portail_app.pdf.contact import draw_contacts
from portail_app.pdf.invoice_sheet import addressee_of
from portail_app.pdf.letterhead import (
    Letterhead,
    draw_addressee,
    draw_foot,
    draw_head,
    draw_running_head,
    letterhead_of,
)
from portail_app.pdf.paper import LEFT, RIGHT, Paper

MEANS = {PaymentMeans.CARD: "Carte bancaire", PaymentMeans.DIRECT_DEBIT: "Prélèvement"}
STEP, FIRST_TOP, TOP = 6.5, 122.0, 26.0
ROWS_FIRST, ROWS_NEXT = 17, 32
OVERPAID = (
    "Une partie de cette somme concerne une facture déjà réglée entre-temps\u00a0: "
    "le service vous contactera pour vous la rendre."
)


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    head: Letterhead
    addressee: tuple[str, ...]
    number: str
    paid_at: datetime
    means: PaymentMeans
    authorisation: str
    reference: str
    invoices: tuple[tuple[str, int], ...]
    amount_cents: int
    overpaid_cents: int

    @property
    def title(self) -> str:
        return f"Reçu de paiement n° {self.number}"


def receipt_sheet_of(
    receipt: Receipt,
    attempt: PaymentAttempt,
    allocations: Sequence[PaymentAllocation],
    subscriber: Subscriber,
    utility: Utility,
    *,
    portal_address: str = "",
    logo: bytes | None = None,
) -> ReceiptSheet:
    return ReceiptSheet(
        head=letterhead_of(utility, portal_address=portal_address, logo=logo),
        addressee=addressee_of(subscriber),
        number=receipt.number,
        paid_at=receipt.paid_at,
        means=receipt.means,
        authorisation=receipt.authorisation,
        reference=attempt.refdet,
        invoices=tuple((part.invoice_number, part.amount_cents) for part in allocations),
        amount_cents=receipt.amount_cents,
        overpaid_cents=receipt.overpaid_cents,
    )


def draw_receipt(sheet: ReceiptSheet) -> bytes:
    paid_on = sheet.paid_at.astimezone(PARIS).date()
    paper = Paper(title=sheet.title, author=sheet.head.name, dated=paid_on)
    pages = _pages_of(sheet.invoices)
    for number, invoices in enumerate(pages, start=1):
        paper.add_page()
        top = _draw_first_top(paper, sheet) if number == 1 else _draw_next_top(paper, sheet)
        end = _draw_invoices(paper, sheet, invoices, top)
        if number == len(pages):
            _draw_total(paper, sheet, end)
            draw_contacts(paper, sheet.head, 266)
        draw_foot(paper, sheet.head, sheet.title, number, len(pages))
    return paper.finish()


def _pages_of(invoices: tuple[tuple[str, int], ...]) -> list[tuple[tuple[str, int], ...]]:
    later = range(ROWS_FIRST, len(invoices), ROWS_NEXT)
    return [invoices[:ROWS_FIRST], *(invoices[start : start + ROWS_NEXT] for start in later)]


def _draw_first_top(paper: Paper, sheet: ReceiptSheet) -> float:
    draw_head(paper, sheet.head, "REÇU", sheet.number)
    draw_addressee(paper, sheet.addressee)
    _draw_facts(paper, sheet)
    _draw_confirmation(paper, sheet)
    return FIRST_TOP


def _draw_next_top(paper: Paper, sheet: ReceiptSheet) -> float:
    draw_running_head(paper, sheet.head, sheet.title)
    return TOP


def _draw_facts(paper: Paper, sheet: ReceiptSheet) -> None:
    facts = [
        ("Payé le", instant(sheet.paid_at)),
        ("Moyen", MEANS[sheet.means]),
        ("Autorisation n°", sheet.authorisation),
        ("Référence", sheet.reference),
    ]
    y = 46.0
    for label, value in facts:
        if value:
            paper.put(label, LEFT, y, size=8.5, colour=GREY)
            paper.put(value, LEFT + 34, y, bold=True, within=51)
            y += 5.3


def _draw_confirmation(paper: Paper, sheet: ReceiptSheet) -> None:
    accent = sheet.head.accent
    paper.fill(LEFT, 83, RIGHT - LEFT, 29.5, accent.tint, radius=2.5)
    paper.put("Nous avons bien reçu votre paiement de", LEFT + 7, 91, size=10.5)
    paper.put(euros(sheet.amount_cents), LEFT + 7, 102.5, size=26, bold=True, colour=accent.strong, within=160)
    paper.put("Ce reçu vaut preuve de paiement\u00a0: conservez-le.", LEFT + 7, 109, colour=GREY)


def _draw_invoices(paper: Paper, sheet: ReceiptSheet, invoices: tuple[tuple[str, int], ...], y: float) -> float:
    paper.put("Facture réglée", LEFT + 2, y, size=7.5, colour=GREY)
    paper.put("Montant", RIGHT - 2, y, size=7.5, colour=GREY, align="right")
    paper.rule(LEFT, y + 2, RIGHT, colour=sheet.head.accent.strong, thickness=0.5)
    for number, amount_cents in invoices:
        paper.put(f"Facture n° {number}", LEFT + 2, y + 7, within=130)
        paper.put_figure(euros(amount_cents), RIGHT - 2, y + 7, within=40)
        y += STEP
        paper.rule(LEFT, y + 2.6, RIGHT)
    return y + 5


def _draw_total(paper: Paper, sheet: ReceiptSheet, y: float) -> None:
    paper.fill(LEFT + 92, y, RIGHT - LEFT - 92, 9, sheet.head.accent.strong, radius=1.5)
    paper.put("Total payé", LEFT + 96, y + 6, size=10.5, bold=True, colour=PAPER)
    paper.put(euros(sheet.amount_cents), RIGHT - 2, y + 6, size=11, bold=True, colour=PAPER, align="right", within=50)
    if sheet.overpaid_cents:
        paper.put(f"Dont payé en trop\u00a0: {euros(sheet.overpaid_cents)}", LEFT + 96, y + 14, size=8.5)
        paper.put(OVERPAID, LEFT, y + 19, size=8, colour=GREY, within=RIGHT - LEFT)
