"""A leak that was seen: its figures as they were told, what the subscriber sent about it, and what staff decided."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import computed_field
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice, instant


class LeakKind(StrEnum):
    """The first is the law's (CGCT L2224-12-4, III bis); the others are told by telemetry."""

    VOLUME = "volume_anormal"
    CONTINUOUS = "debit_continu"
    EMPTY_HOME = "logement_vide"
    THRESHOLD = "seuil_depasse"


class LeakState(StrEnum):
    """Of the file: only an abnormal volume has one, the others are a warning and no more."""

    AWAITED = "attestation_attendue"
    RECEIVED = "attestation_recue"
    ACCEPTED = "acceptee"
    REFUSED = "refusee"
    CLOSED = "classee"


class LeakAlert(Entity, table=True):
    """One a period. `litres` flowed from `period_start` to `period_end`, both included."""

    __tablename__ = "leak_alert"
    __table_args__ = (UniqueConstraint("contract_id", "kind", "period_start"),)

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    contract_id: int = Field(foreign_key="contract.id")
    kind: LeakKind = choice(LeakKind, default=LeakKind.VOLUME)
    reading_id: int | None = Field(default=None, foreign_key="reading.id", description="The one that showed it.")
    period_start: date
    period_end: date
    litres: int
    mean_litres: int | None = Field(default=None, description="Of an equivalent period; telemetry compares with none.")
    years: int = Field(default=0, description="How many years the mean is of; 0 is the area's.")
    recorded_at: datetime = instant()
    answer_until: date = Field(description="Last day for the certificate: a month after the warning.")
    mailed_to: int = Field(default=0, description="How many addresses were written to; 0 waits for a letter on paper.")
    certified_at: datetime | None = instant(nullable=True)
    accepted_at: datetime | None = instant(nullable=True)
    refused_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="account.id", exclude=True)
    reason: str = Field(default="", max_length=500, description="Why staff refused or closed it: subscribers read it.")

    @computed_field
    @property
    def state(self) -> LeakState:
        if self.closed_at:
            return LeakState.CLOSED
        if self.refused_at:
            return LeakState.REFUSED
        if self.accepted_at:
            return LeakState.ACCEPTED
        return LeakState.RECEIVED if self.certified_at else LeakState.AWAITED

    @computed_field
    @property
    def is_decided(self) -> bool:
        return self.state in (LeakState.ACCEPTED, LeakState.REFUSED, LeakState.CLOSED)


class LeakCertificate(Entity, table=True):
    """What a plumber certifies: the leak was on a pipe after the meter, where, and repaired when (R2224-20-1)."""

    __tablename__ = "leak_certificate"

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="leak_alert.id", index=True)
    leak_place: str = Field(max_length=200)
    repaired_on: date
    plumber: str = Field(max_length=200)
    file_key: str = Field(exclude=True)
    media_type: str = Field(max_length=40)
    size_bytes: int
    sent_at: datetime = instant()
    sent_by: int = Field(foreign_key="account.id", exclude=True)


class LeakWatch(Entity, table=True):
    """What the people of a contract with a telemetered meter ask to be warned of, beyond the law."""

    __tablename__ = "leak_watch"

    contract_id: int = Field(primary_key=True, foreign_key="contract.id")
    warns_of_flow: bool = Field(default=True, description="Of water that has not stopped for a whole day.")
    most_litres_a_day: int | None = Field(default=None, description="None is no limit.")
    away_from: date | None = None
    away_until: date | None = Field(default=None, description="Last day away.")
    changed_at: datetime = instant()
    changed_by: int = Field(foreign_key="account.id", exclude=True)


class LeakCheck(Entity, table=True):
    """How far a contract has been looked at: the last reading and the last day of telemetry that the rules judged."""

    __tablename__ = "leak_check"

    contract_id: int = Field(primary_key=True, foreign_key="contract.id")
    read_on: date | None = None
    index_litres: int | None = None
    counted_on: date | None = None
