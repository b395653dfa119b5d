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
    if bill.due_on >= today:
        return _draw(random, (0.4, Outcome.PAID))
    if bill.due_on + timedelta(days=PATIENCE_DAYS) >= today:
        return _draw(random, (0.8, Outcome.PAID), (0.05, Outcome.PARTLY_PAID), (0.01, Outcome.DISPUTED))
    return _draw(random, (0.965, Outcome.PAID), (0.03, Outcome.AT_TREASURY), (0.002, Outcome.DISPUTED))


def _draw(random: Random, *chances: tuple[float, Outcome]) -> Outcome:
    """One of the outcomes; what they leave stays open."""
    drawn = random.random()
    for share, outcome in chances:
        drawn -= share
        if drawn < 0:
            return outcome
    return Outcome.OPEN


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
