"""What a subscriber owes, frozen on the day it was issued."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import computed_field
from sqlalchemy import Index, Numeric, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice


class InvoiceStatus(StrEnum):
    UNPAID = "non_reglee"
    PAID = "reglee"
    AT_TREASURY = "en_tresorerie"


class InvoiceKind(StrEnum):
    INVOICE = "facture"
    CREDIT_NOTE = "avoir"


class InvoiceRow(Entity):
    """The part of an invoice that a list shows, and the rules that need no more."""

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    subscriber_id: int = Field(foreign_key="subscriber.id")
    number: str = Field(max_length=40)
    kind: InvoiceKind = choice(InvoiceKind, default=InvoiceKind.INVOICE)
    subject: str = ""
    issued_on: date
    due_on: date
    online_until: date | None = Field(default=None, description="Last day for online payment.")
    sent_to_treasury_on: date | None = None
    debited_on: date | None = Field(default=None, description="Day of the direct debit, where there is one.")
    is_disputed: bool = False
    amount_cents: int
    billed_paid_cents: int = Field(default=0, description="What billing says has been paid.")
    settled_cents: int = Field(default=0, description="All paid as of the last online payment, by whatever means.")

    @computed_field
    @property
    def paid_cents(self) -> int:
        """Billing learns of an online payment later than the portal: the larger of the two is true."""
        return max(self.billed_paid_cents, self.settled_cents)

    @computed_field
    @property
    def balance_cents(self) -> int:
        return self.amount_cents - self.paid_cents

    @computed_field
    @property
    def status(self) -> InvoiceStatus:
        if self.balance_cents <= 0:
            return InvoiceStatus.PAID
        return InvoiceStatus.AT_TREASURY if self.sent_to_treasury_on else InvoiceStatus.UNPAID


class Invoice(InvoiceRow, table=True):
    __table_args__ = (
        UniqueConstraint("utility_id", "number"),
        Index("ix_invoice_subscriber_id_issued_on", "subscriber_id", "issued_on"),
    )

    period_start: date | None = None
    period_end: date | None = None
    pdf_key: str | None = Field(default=None, exclude=True)


class InvoiceLine(Entity, table=True):
    """One line of a rubric, HT, with its own VAT rate (arrêté of 10 July 1996)."""

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    position: int
    rubric: str
    label: str
    quantity: Decimal | None = Field(default=None, sa_type=Numeric(12, 3))
    unit: str = ""
    unit_price: Decimal | None = Field(default=None, sa_type=Numeric(12, 5), description="Euros HT a unit.")
    amount_cents: int = Field(description="HT")
    vat_basis_points: int = Field(default=0, description="550 is 5.5 %; 0 is not subject.")
