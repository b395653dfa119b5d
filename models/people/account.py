"""Who signs in: one e-mail is one account, which holds subscribers or staff roles."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice, instant


class Hold(StrEnum):
    """What an account may do with a subscriber's invoices."""

    HOLDER = "titulaire"
    MAY_SEE = "delegue_consultation"
    MAY_PAY = "delegue_paiement"


class StaffRank(StrEnum):
    AGENT = "agent"
    MANAGER = "responsable"
    ADMINISTRATOR = "administrateur"


class Account(Entity, table=True):
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254, description="Lower-cased: two accounts cannot share an address.")
    name: str = ""
    created_at: datetime = instant(default_now=True)
    activated_at: datetime | None = instant(nullable=True)


class EmailChange(Entity, table=True):
    """An account's former address: what billing still knows by it is nobody else's."""

    __tablename__ = "email_change"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    former: str = Field(index=True, max_length=254)
    chosen: str = Field(max_length=254)
    changed_at: datetime = instant()


class AccountSubscriber(Entity, table=True):
    __tablename__ = "account_subscriber"
    __table_args__ = (UniqueConstraint("account_id", "subscriber_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True)
    hold: Hold = choice(Hold, default=Hold.HOLDER)


class StaffRole(Entity, table=True):
    __tablename__ = "staff_role"
    __table_args__ = (UniqueConstraint("account_id", "utility_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    rank: StaffRank = choice(StaffRank, default=StaffRank.AGENT)
