"""What time it is: read at the edge, given to services as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day in Paris."""
    return datetime.now(PARIS).date()
