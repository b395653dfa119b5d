"""Who came into an account, or looked at a subscriber: kept a year, for those whom it concerns."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from models.entity import Entity, choice, instant


class AccessKind(StrEnum):
    SIGN_IN = "connexion"
    STAFF_LOOK = "consultation"


class AccessRecord(Entity, table=True):
    __tablename__ = "access_record"
    __table_args__ = (
        Index("ix_access_record_account_id_at", "account_id", "at"),
        Index("ix_access_record_subscriber_id_at", "subscriber_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: AccessKind = choice(AccessKind)
    account_id: int = Field(foreign_key="account.id", description="Who signed in, or looked.")
    subscriber_id: int | None = Field(default=None, foreign_key="subscriber.id", description="Who was looked at.")
    subject: str = Field(default="", max_length=120, description="What was looked at, in words.")
    at: datetime = instant()
    browser: str = Field(default="", max_length=80)
    address: str = Field(default="", max_length=64)
