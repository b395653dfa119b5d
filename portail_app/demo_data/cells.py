"""How a billing software writes values in its files: French conventions."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8192)
def day_cell(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def euros_cell(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


@lru_cache(maxsize=4096)
def price_cell(price: int) -> str:
    """Five decimals, from hundred-thousandths of a euro."""
    return f"{price // 100_000},{price % 100_000:05}"


@lru_cache(maxsize=64)
def rate_cell(basis_points: int) -> str:
    """5,5 from 550."""
    return f"{basis_points / 100:g}".replace(".", ",")


def truth_cell(is_true: bool) -> str:
    return "oui" if is_true else "non"


@lru_cache(maxsize=4096)
def cubic_metres_cell(litres: int) -> str:
    """812,345 from 812345."""
    whole, rest = divmod(litres, 1000)
    return f"{whole},{rest:03}" if rest else str(whole)
