"""When PayFiP is asked about a payment (payfip.md 1.6, rule 3), and how long each doubt lasts."""

from datetime import datetime, time, timedelta

from portail_app.formats import PARIS

OPENED_WITHIN = timedelta(minutes=15)  # an idOp not opened by then is refused by PayFiP (P4)
GUARD = timedelta(minutes=20)  # between two payments of one debt
ABANDON_IS_FINAL_AFTER = timedelta(minutes=2)  # before that the payer may try again on the same idOp
UNKNOWN_IS_DEAD_AFTER = timedelta(minutes=30)  # P1: received late before that, purged after
RESULT_EXPECTED_WITHIN = timedelta(minutes=120)  # P5 until then is only a payment in progress
REST_AFTER_TROUBLE = timedelta(minutes=30)  # DGFiP guide, 3.5.2.6
LAST_CHECK_AFTER = timedelta(days=7)
RESULT_READABLE_FOR = timedelta(days=365)

_FIRST_MINUTES = (1, 3, 6, 10, 16, 20, 30, 60, 120)
_MORNING = time(6, tzinfo=PARIS)


def next_check(opened_at: datetime, now: datetime) -> datetime | None:
    """The first appointment after `now` of a payment handed to PayFiP at `opened_at`; None once the week is over."""
    for minutes in _FIRST_MINUTES:
        appointment = opened_at + timedelta(minutes=minutes)
        if appointment > now:
            return appointment
    return _morning_until(now, opened_at + LAST_CHECK_AFTER)


def next_check_after_trouble(opened_at: datetime, now: datetime) -> datetime | None:
    """An answer is still owed: every half hour of the first week, then each morning for as long as it can be read."""
    if now < opened_at + LAST_CHECK_AFTER:
        return now + REST_AFTER_TROUBLE
    return _morning_until(now, opened_at + RESULT_READABLE_FOR)


def _morning_until(now: datetime, last: datetime) -> datetime | None:
    morning = _morning_after(now)
    return morning if morning <= last else None


def _morning_after(instant: datetime) -> datetime:
    """06:00 in Paris, whatever the season makes of it in UTC."""
    local = instant.astimezone(PARIS)
    morning = datetime.combine(local.date(), _MORNING)
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), _MORNING)
    return morning.astimezone(instant.tzinfo)
