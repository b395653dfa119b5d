"""A payment by PayFiP: the attempt, what it covers, what PayFiP answered, and the receipt."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.billing.utility import PaymentMode
from models.entity import Entity, Secret, choice, instant


class AttemptState(StrEnum):
    PREPARED = "preparee"  # committed, PayFiP not yet asked, or its answer lost: nobody can pay it
    PENDING = "en_cours"
    PAID = "payee"
    REFUSED = "refusee"
    CANCELLED = "abandonnee"
    EXPIRED = "expiree"
    ANOMALY = "anomalie"


class PaymentMeans(StrEnum):
    CARD = "carte"
    DIRECT_DEBIT = "prelevement"


class PaymentAttempt(Entity, table=True):
    __tablename__ = "payment_attempt"
    __table_args__ = (Index("ix_payment_attempt_state_next_check_at", "state", "next_check_at"),)

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=32, description="Its public name, in the URL.")
    utility_id: int = Field(foreign_key="utility.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    state: AttemptState = choice(AttemptState, default=AttemptState.PREPARED)
    amount_cents: int
    refdet: str = Field(max_length=30, index=True)
    client: str = Field(max_length=6, description="PayFiP's numcli.")
    mode: PaymentMode = choice(PaymentMode)
    fiscal_year: int = Field(description="PayFiP's exer.")
    subject: str = Field(max_length=100)
    payer_email: str = Field(max_length=80)
    idop: str | None = Field(default=None, unique=True, exclude=True)
    created_at: datetime = instant(default_now=True)
    opened_at: datetime | None = instant(nullable=True)
    settled_at: datetime | None = instant(nullable=True)
    next_check_at: datetime | None = instant(nullable=True)
    checks: int = 0
    trouble: str = Field(default="", description="Why it waits for a human, in words for staff.")


class PaymentAllocation(Entity, table=True):
    """The part of an attempt that pays one invoice."""

    __tablename__ = "payment_allocation"
    __table_args__ = (UniqueConstraint("attempt_id", "invoice_id"),)

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="payment_attempt.id", index=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    invoice_number: str
    amount_cents: int


class Receipt(Entity, table=True):
    """What was paid, once: the proof that the subscriber keeps."""

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="payment_attempt.id", unique=True)
    number: str = Field(unique=True, max_length=32)
    amount_cents: int
    overpaid_cents: int = Field(default=0, description="Paid though the invoice was meanwhile paid: to refund.")
    means: PaymentMeans = choice(PaymentMeans, default=PaymentMeans.CARD)
    paid_at: datetime = instant()
    authorisation: str = Field(default="", max_length=16, description="PayFiP's numauto.")


class PaymentAnswer(Secret, table=True):
    """PayFiP's raw answers, kept as they came (payfip.md 1.6 rule 8)."""

    __tablename__ = "payment_answer"

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="payment_attempt.id", index=True)
    operation: str
    received_at: datetime = instant(default_now=True)
    raw_xml: str
