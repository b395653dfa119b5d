"""French formats on paper and in mails, from CLDR by Babel; the browser has the same names by `Intl`.

Babel reads its pattern again at each call, which a batch of bills would feel: patterns are read once here.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import parse_pattern as parse_date_pattern
from babel.numbers import parse_pattern

FRENCH = Locale("fr")
PARIS = ZoneInfo("Europe/Paris")
NO_BREAK = "\u00a0"

_EUROS = parse_pattern(FRENCH.currency_formats["standard"].pattern.replace("¤", "€"))
_UNIT_PRICE = parse_pattern(f"#,##0.00###{NO_BREAK}€")
_QUANTITY = parse_pattern("#,##0.###")
_PERCENT = parse_pattern(FRENCH.percent_formats[None].pattern.replace("0", "0.##"))
_DAY = parse_date_pattern("dd/MM/yyyy")
_LONG_DAY = parse_date_pattern("d MMMM yyyy")
_MONTH = parse_date_pattern("MMMM y")
_SHORT_MONTH = parse_date_pattern("MMM y")
_INSTANT = parse_date_pattern(f"dd/MM/yyyy 'à'{NO_BREAK}HH:mm")


@lru_cache(maxsize=4096)
def euros(cents: int) -> str:
    """243,11 € from 24311."""
    return str(_EUROS.apply(Decimal(cents).scaleb(-2), FRENCH))


@lru_cache(maxsize=1024)
def unit_price(price: Decimal) -> str:
    """1,2345 €: two decimals at least, five at most."""
    return str(_UNIT_PRICE.apply(price, FRENCH))


@lru_cache(maxsize=1024)
def quantity(count: Decimal) -> str:
    return str(_QUANTITY.apply(count, FRENCH))


def cubic_metres(volume: Decimal | int) -> str:
    return f"{quantity(Decimal(volume))}{NO_BREAK}m³"


def litres(volume: int) -> str:
    """1 250 L"""
    return f"{quantity(Decimal(volume))}{NO_BREAK}L"


@lru_cache(maxsize=64)
def vat_rate(basis_points: int) -> str:
    """5,5 % from 550."""
    return str(_PERCENT.apply(Decimal(basis_points).scaleb(-4), FRENCH))


@lru_cache(maxsize=4096)
def day(moment: date) -> str:
    return str(_DAY.apply(moment, FRENCH))


@lru_cache(maxsize=4096)
def long_day(moment: date) -> str:
    """10 juillet 2017; the first of a month is « 1er », which CLDR ignores."""
    text = str(_LONG_DAY.apply(moment, FRENCH))
    return text.replace("1 ", "1er ", 1) if moment.day == 1 else text


@lru_cache(maxsize=1024)
def month(moment: date) -> str:
    """octobre 2026"""
    return str(_MONTH.apply(moment, FRENCH))


@lru_cache(maxsize=1024)
def short_month(moment: date) -> str:
    """oct. 2026"""
    return str(_SHORT_MONTH.apply(moment, FRENCH))


def instant(moment: datetime) -> str:
    """10/07/2017 à 14:05, the hour of Paris, from an aware instant."""
    if moment.tzinfo is None:
        raise ValueError("an instant is aware")
    return str(_INSTANT.apply(moment.astimezone(PARIS), FRENCH))
