"""A suspension of online payment: who, when, why, until when."""

from datetime import datetime

from sqlmodel import Field

from models.entity import Entity, instant


class PaymentSuspension(Entity, table=True):
    __tablename__ = "payment_suspension"

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    reason: str
    suspended_at: datetime = instant()
    suspended_by: int = Field(foreign_key="account.id")
    until: datetime | None = instant(nullable=True)
    resumed_at: datetime | None = instant(nullable=True)
    resumed_by: int | None = Field(default=None, foreign_key="account.id")

    def holds_at(self, instant: datetime) -> bool:
        return self.resumed_at is None and (self.until is None or instant < self.until)
