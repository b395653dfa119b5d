"""What becomes of a bill: paid, debited, late, disputed, or at the treasury."""

from datetime import date, timedelta
from enum import Enum, auto
from random import Random
from typing import NamedTuple

from portail_app.demo_data.bills import Bill
from portail_app.demo_data.people import Household

PATIENCE_DAYS = 75
ONLINE_DAYS = 60


class Outcome(Enum):
    OPEN = auto()
    PAID = auto()
    PARTLY_PAID = auto()
    DISPUTED = auto()
    AT_TREASURY = auto()
    DEBITED = auto()


class Fate(NamedTuple):
    """What the billing software says of a bill besides its amount."""

    paid_cents: int = 0
    online_until: date | None = None
    sent_to_treasury_on: date | None = None
    debited_on: date | None = None
    is_disputed: bool = False


def draw_outcome(random: Random, household: Household, bill: Bill, today: date) -> Outcome:
    """Most people pay; what is left unpaid goes to the treasury after some weeks."""
    if household.pays_by_direct_debit and random.random() < 0.99:
        return Outcome.DEBITED
    chance = random.random()
    if bill.due_on >= today:
        return Outcome.PAID if chance < 0.4 else Outcome.OPEN
    if chance < 0.93:
        return Outcome.PAID
    if chance < 0.933:
        return Outcome.DISPUTED
    can_be_sent = bill.due_on + timedelta(days=PATIENCE_DAYS) < today
    if can_be_sent:
        return Outcome.AT_TREASURY if chance < 0.96 else Outcome.PAID
    return Outcome.PARTLY_PAID if chance < 0.95 else Outcome.OPEN


def settle(bill: Bill, outcome: Outcome, today: date) -> Fate:
    amount, online_until = bill.amount_cents, bill.due_on + timedelta(days=ONLINE_DAYS)
    match outcome:
        case Outcome.PAID:
            return Fate(amount, online_until)
        case Outcome.PARTLY_PAID:
            return Fate(amount // 3, online_until)
        case Outcome.DISPUTED:
            return Fate(0, online_until, is_disputed=True)
        case Outcome.AT_TREASURY:
            return Fate(0, online_until, sent_to_treasury_on=bill.due_on + timedelta(days=PATIENCE_DAYS))
        case Outcome.DEBITED:
            return Fate(amount if bill.due_on <= today else 0, debited_on=bill.due_on)
    return Fate(0, online_until)
