"""What a bill says, as values: built from the entities by a pure function, drawn by `invoice`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.billing.invoice import Invoice, InvoiceKind, InvoiceLine
from models.billing.utility import Utility
from models.billing.vat import InvoiceTotals, totals_of
from models.people.subscriber import Subscriber
from portail_app.pdf.headline import Headline, headline_of
from portail_app.pdf.letterhead import Letterhead, letterhead_of, lines_of

WATER_RUBRICS = ("Distribution de l’eau", "Collecte et traitement des eaux usées", "Organismes publics")
OTHER_RUBRIC = "Autres prestations"


@dataclass(frozen=True, slots=True)
class SheetLine:
    label: str
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    amount_cents: int
    vat_basis_points: int


@dataclass(frozen=True, slots=True)
class SheetRubric:
    name: str
    lines: tuple[SheetLine, ...]

    @property
    def net_cents(self) -> int:
        return sum(line.amount_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class InvoiceSheet:
    head: Letterhead
    addressee: tuple[str, ...]
    kind: InvoiceKind
    number: str
    subject: str
    subscriber_number: str
    contract_number: str
    issued_on: date
    due_on: date
    period: tuple[date, date] | None
    headline: Headline
    rubrics: tuple[SheetRubric, ...]
    totals: InvoiceTotals
    amount_cents: int
    paid_cents: int

    @property
    def is_credit_note(self) -> bool:
        return self.kind is InvoiceKind.CREDIT_NOTE

    @property
    def title(self) -> str:
        return f"{'Avoir' if self.is_credit_note else 'Facture'} n° {self.number}"

    @property
    def adjustment_cents(self) -> int:
        """What billing's total has beyond its lines: its own rounding, or a carried sum."""
        return self.amount_cents - self.totals.gross_cents if self.rubrics else 0

    @property
    def balance_cents(self) -> int:
        return self.amount_cents - self.paid_cents

    @property
    def is_of_water(self) -> bool:
        return any(rubric.name in WATER_RUBRICS for rubric in self.rubrics)


def sheet_of(
    invoice: Invoice,
    lines: Sequence[InvoiceLine],
    subscriber: Subscriber,
    utility: Utility,
    *,
    portal_address: str = "",
    contract_number: str = "",
    logo: bytes | None = None,
) -> InvoiceSheet:
    head = letterhead_of(utility, portal_address=portal_address, logo=logo)
    return InvoiceSheet(
        head=head,
        addressee=addressee_of(subscriber),
        kind=invoice.kind,
        number=invoice.number,
        subject=invoice.subject,
        subscriber_number=subscriber.number,
        contract_number=contract_number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        period=_period_of(invoice),
        headline=headline_of(invoice, subscriber, utility, head.portal_address),
        rubrics=_rubrics_of(lines),
        totals=totals_of(lines),
        amount_cents=invoice.amount_cents,
        paid_cents=invoice.paid_cents,
    )


def addressee_of(subscriber: Subscriber) -> tuple[str, ...]:
    """Six lines at most, the last in capitals (La Poste, NF Z 10-011)."""
    city = f"{subscriber.postal_code} {subscriber.city}".strip().upper()
    street = lines_of(subscriber.address)[: 4 if city else 5]
    return tuple(line for line in (subscriber.name, *street, city) if line)


def _period_of(invoice: Invoice) -> tuple[date, date] | None:
    if invoice.period_start is None or invoice.period_end is None:
        return None
    return invoice.period_start, invoice.period_end


def _rubrics_of(lines: Sequence[InvoiceLine]) -> tuple[SheetRubric, ...]:
    """The order of the arrêté of 10 July 1996, then the others as they come."""
    by_name: dict[str, list[SheetLine]] = {name: [] for name in WATER_RUBRICS}
    for line in sorted(lines, key=lambda line: line.position):
        by_name.setdefault(_rubric_name(line), []).append(_sheet_line(line))
    return tuple(SheetRubric(name, tuple(held)) for name, held in by_name.items() if held)


def _rubric_name(line: InvoiceLine) -> str:
    return line.rubric.strip().replace("'", "’") or OTHER_RUBRIC


def _sheet_line(line: InvoiceLine) -> SheetLine:
    unit = {"m3": "m³"}.get(line.unit.strip().lower(), line.unit)
    return SheetLine(line.label, line.quantity, unit, line.unit_price, line.amount_cents, line.vat_basis_points)
