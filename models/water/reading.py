"""What a meter showed on a day; what it counted day by day; and what a subscriber says it shows."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import computed_field
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from models.entity import Entity, choice, instant


class ReadingKind(StrEnum):
    READ = "relevee"
    ESTIMATED = "estimee"
    SENT = "transmise"
    TELEMETERED = "telerelevee"


class Reading(Entity, table=True):
    """An index that the utility holds for true, one a day. `read_on` is the meter's day, `received_at` when the utility
    learned of it (None is not told), and neither is the period of a bill."""

    __table_args__ = (UniqueConstraint("meter_id", "read_on"),)

    id: int | None = Field(default=None, primary_key=True)
    meter_id: int = Field(foreign_key="meter.id")
    read_on: date
    index_litres: int
    kind: ReadingKind = choice(ReadingKind, default=ReadingKind.READ)
    received_at: datetime | None = instant(nullable=True)
    comment: str = ""


class DailyVolume(Entity, table=True):
    """What a telemetered meter counted on one day of Paris."""

    __tablename__ = "daily_volume"

    meter_id: int = Field(foreign_key="meter.id", primary_key=True)
    day: date = Field(primary_key=True)
    volume_litres: int
    least_hourly_litres: int | None = Field(
        default=None, description="Of the hour in which least flowed: above 0, water never stopped."
    )


class SentReadingState(StrEnum):
    WAITING = "a_valider"
    ACCEPTED = "validee"
    REFUSED = "refusee"
    WITHDRAWN = "retiree"


class SentReading(Entity, table=True):
    """An index that a subscriber sends; staff accept it, as it is or corrected, which makes a `Reading` of it, or
    refuse it in words."""

    __tablename__ = "sent_reading"
    __table_args__ = (
        Index("ix_sent_reading_contract_id_sent_at", "contract_id", "sent_at"),
        Index(
            "uq_sent_reading_waiting",
            "meter_id",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    contract_id: int = Field(foreign_key="contract.id")
    meter_id: int = Field(foreign_key="meter.id")
    index_litres: int
    read_on: date
    comment: str = Field(default="", max_length=1000)
    doubt: str = Field(default="", description="Why it looked wrong, confirmed by the sender all the same.")
    photo_key: str | None = Field(default=None, exclude=True)
    sent_at: datetime = instant()
    sent_by: int = Field(foreign_key="account.id")
    withdrawn_at: datetime | None = instant(nullable=True)
    accepted_at: datetime | None = instant(nullable=True)
    refused_at: datetime | None = instant(nullable=True)
    corrected_index_litres: int | None = Field(default=None, description="What staff accepted in its place.")
    decided_by: int | None = Field(default=None, foreign_key="account.id", exclude=True)
    refusal_reason: str = Field(default="", max_length=500)

    @computed_field
    @property
    def state(self) -> SentReadingState:
        if self.withdrawn_at:
            return SentReadingState.WITHDRAWN
        if self.refused_at:
            return SentReadingState.REFUSED
        return SentReadingState.ACCEPTED if self.accepted_at else SentReadingState.WAITING

    @computed_field
    @property
    def has_photo(self) -> bool:
        return self.photo_key is not None
