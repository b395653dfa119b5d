"""What the simulator remembers, in the shape of its state file and of its JSON; instants are UTC, money is in cents."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from portail_app.simulators.payfip.faults import CATALOGUE


class Client(BaseModel):
    """A utility that PayFiP knows; without `secured` it has no access to the web service (T4)."""

    numcli: str = Field(pattern=r"^[0-9]{6}$")
    libelle: str = Field(min_length=1, max_length=100)
    secured: bool = True
    maximum_cents: int = Field(default=9_999_999, ge=100)


class Payment(BaseModel):
    """`resultrans` is empty until the payer has reached the payment operator; `remarks` are for a client's author."""

    idop: str
    numcli: str
    exer: str
    refdet: str
    objet: str
    amount_cents: int
    mel: str
    saisie: str
    urlnotif: str
    urlredirect: str
    created_at: datetime
    remarks: list[str] = []
    opened_at: datetime | None = None
    resultrans: str = ""
    numauto: str = ""
    transacted_at: datetime | None = None
    readable_from: datetime | None = None


class Notice(BaseModel):
    """One server-to-server notification; `status` says what became of it."""

    idop: str
    url: str
    due_at: datetime
    sent_at: datetime | None = None
    status: str = "en attente"


class Delivery(StrEnum):
    NORMAL = "normal"
    LOST = "lost"
    DUPLICATED = "duplicated"
    EARLY = "early"
    LATE = "late"


class Trouble(StrEnum):
    NONE = "none"
    FAULT = "fault"
    HTTP = "http"
    SLOW = "slow"


Operation = Literal["", "creerPaiementSecurise", "recupererDetailClient", "recupererDetailPaiementSecurise"]


class Scenario(BaseModel):
    """How PayFiP behaves from now on; the default is a good day.

    `resultrans`, `refdet`, `numcli` and `saisie`, where not empty, are answered in the place of the true ones.
    A trouble hits the operation `trouble_on` (empty: all) `trouble_times` times (0: until changed).
    """

    model_config = ConfigDict(extra="forbid")

    notification: Delivery = Delivery.NORMAL
    late_by_seconds: int = Field(default=120, ge=0, le=7 * 86_400)
    result_after_minutes: int = Field(default=0, ge=0, le=1_440)
    amount_error_cents: int = Field(default=0, ge=-10_000_000, le=10_000_000)
    resultrans: str = Field(default="", pattern=r"^[A-Za-z0-9]{0,2}$")
    refdet: str = Field(default="", max_length=30)
    numcli: str = Field(default="", max_length=6)
    saisie: str = Field(default="", max_length=1)
    trouble: Trouble = Trouble.NONE
    trouble_on: Operation = ""
    trouble_times: int = Field(default=0, ge=0, le=1_000)
    fault: str = "999"
    http_status: int = Field(default=500, ge=400, le=599)
    slow_seconds: float = Field(default=20, ge=0, le=120)

    @field_validator("fault")
    @classmethod
    def _must_be_in_the_catalogue(cls, fault: str) -> str:
        if fault not in CATALOGUE:
            raise ValueError(f"faute inconnue : {fault}")
        return fault


class Ledger(BaseModel):
    """Everything, as one document; the clock is the real one plus `clock_offset_seconds`."""

    clock_offset_seconds: float = 0
    scenario: Scenario = Scenario()
    clients: dict[str, Client] = {}
    payments: dict[str, Payment] = {}
    notices: list[Notice] = []
