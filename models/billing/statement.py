"""What the treasury says was paid: the lines of the régisseur's PayFiP or bank statement, and what staff say of those
that do not fit the portal's own receipts (payfip.md 1.6 rule 8)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, instant


class Agreement(StrEnum):
    """How the portal and the statement agree on one payment; the values are those of the URL."""

    MATCHED = "rapproche"
    NOT_THERE = "absent-du-releve"
    NOT_HERE = "absent-du-portail"
    DIFFERENT = "montant-different"
    WAITING = "releve-a-venir"


class StatementLine(Entity, table=True):
    """One payment on the statement. `reference` is the refdet sent to PayFiP, or the portal's own for the payment."""

    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("utility_id", "paid_on", "reference", "authorisation"),
        Index("ix_statement_line_utility_id_reference", "utility_id", "reference"),
    )

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    reference: str = Field(max_length=40)
    paid_on: date
    amount_cents: int
    authorisation: str = Field(default="", max_length=16, description="PayFiP's numauto.")


class DifferenceExplanation(Entity, table=True):
    """Why a payment differs, as an agent found: of a line where there is one, else of a receipt. It holds for that
    difference only: when a later statement changes it, it is to explain again."""

    __tablename__ = "difference_explanation"

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    line_id: int | None = Field(default=None, foreign_key="statement_line.id", unique=True)
    receipt_id: int | None = Field(default=None, foreign_key="receipt.id", unique=True)
    difference_cents: int
    reason: str = Field(max_length=300)
    explained_at: datetime = instant()
    explained_by: int = Field(foreign_key="account.id")
