"""Who is served at a delivery point, from when to when, at which tariff, and on which invoices it was billed."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice


class PartyRole(StrEnum):
    PAYER = "redevable"
    OCCUPANT = "occupant"
    OWNER = "proprietaire"


class Contract(Entity, table=True):
    __table_args__ = (
        UniqueConstraint("utility_id", "number"),
        Index("ix_contract_delivery_point_id_started_on", "delivery_point_id", "started_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    delivery_point_id: int = Field(foreign_key="delivery_point.id")
    number: str = Field(max_length=40)
    service: str = Field(default="Eau", description="What is supplied, in words.")
    tariff_code: str = Field(default="", max_length=40)
    billed_every_months: int = 6
    started_on: date
    ended_on: date | None = Field(default=None, description="Last day.")

    def is_open_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


class ContractParty(Entity, table=True):
    """A subscriber's part in a contract. Payer and occupant follow what is used in their time; an owner who is
    neither does not: a landlord has no business in a tenant's days (RGPD, article 5)."""

    __tablename__ = "contract_party"
    __table_args__ = (
        UniqueConstraint("contract_id", "subscriber_id", "role"),
        Index("ix_contract_party_subscriber_id", "subscriber_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contract.id")
    subscriber_id: int = Field(foreign_key="subscriber.id")
    role: PartyRole = choice(PartyRole, default=PartyRole.PAYER)
    since: date | None = Field(default=None, description="None is since the contract started.")
    until: date | None = Field(default=None, description="Last day; None is as long as the contract lasts.")


class InvoiceContract(Entity, table=True):
    """What an invoice bills for a contract: an invoice may cover several."""

    __tablename__ = "invoice_contract"
    __table_args__ = (
        UniqueConstraint("invoice_id", "contract_id"),
        Index("ix_invoice_contract_contract_id", "contract_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    contract_id: int = Field(foreign_key="contract.id")
    volume_litres: int | None = Field(default=None, description="Billed over the invoice's period.")
