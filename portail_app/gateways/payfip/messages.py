"""What is asked of PayFiP and what it answers, under the protocol's own names; money is in cents, instants are UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Saisie(StrEnum):
    """The one switch between test and production: the address is the same for all."""

    TEST = "T"
    ACTIVATION = "X"
    PRODUCTION = "W"


class Outcome(StrEnum):
    PAID = "paid"
    REFUSED = "refused"
    ABANDONED = "abandoned"
    UNKNOWN = "unknown"  # a new means of payment: for a human, never a failure


@dataclass(frozen=True)
class PaymentRequest:
    """One refdet and one amount: the protocol has no list."""

    numcli: str
    exer: str
    refdet: str
    objet: str
    amount_cents: int
    mel: str
    saisie: Saisie
    urlnotif: str
    urlredirect: str


@dataclass(frozen=True)
class CreatedPayment:
    """The idOp serves for one payment, to be begun within 15 minutes."""

    idop: str
    raw_xml: str


@dataclass(frozen=True)
class ClientDetail:
    numcli: str
    libelle_n1: str
    libelle_n2: str
    libelle_n3: str
    raw_xml: str


@dataclass(frozen=True)
class PaymentDetail:
    """`resultrans` is kept as received; `transacted_at` has the precision of a minute, and is None where unreadable.

    `exer` may come back shortened: never compare it with what was asked.
    """

    idop: str
    numcli: str
    exer: str
    refdet: str
    objet: str
    amount_cents: int
    mel: str
    saisie: str
    resultrans: str
    numauto: str
    transacted_at: datetime | None
    raw_xml: str

    @property
    def outcome(self) -> Outcome:
        return _OUTCOMES.get(self.resultrans, Outcome.UNKNOWN)


_OUTCOMES = {
    "P": Outcome.PAID,  # by card
    "V": Outcome.PAID,  # by direct debit, which may still bounce out of PayFiP's sight
    "R": Outcome.REFUSED,
    "Z": Outcome.REFUSED,
    "A": Outcome.ABANDONED,  # not final at once: the payer may try again on the same idOp
}
