"""A half-year's bill: its lines, its VAT, its total."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from portail_app.demo_data.tariffs import Rate, rates_of


class Line(NamedTuple):
    """`price` is in hundred-thousandths of a euro; the amount is HT."""

    rubric: str
    label: str
    quantity: int
    unit: str
    price: int
    amount_cents: int
    vat_basis_points: int

    @classmethod
    def of(cls, rate: Rate, quantity: int) -> "Line":
        return cls(
            rate.rubric,
            rate.label,
            quantity,
            rate.unit,
            rate.price,
            _half_up(quantity * rate.price, 1000),
            rate.vat_basis_points,
        )


class Bill(NamedTuple):
    number: str
    kind: str
    subject: str
    issued_on: date
    due_on: date
    period_start: date
    period_end: date
    lines: tuple[Line, ...]
    volume_m3: int = 0

    @property
    def amount_cents(self) -> int:
        return total_cents(self.lines)


def draw_lines(on: date, volume_m3: int, has_sewer: bool) -> tuple[Line, ...]:
    """What `volume_m3` cost at the tariff of that day; rates under which nothing was used are left out."""
    billed = ((rate, rate.billed_quantity(volume_m3)) for rate in rates_of(on.year, has_sewer))
    return tuple(Line.of(rate, quantity) for rate, quantity in billed if quantity)


def credit_lines(lines: Iterable[Line], volume_m3: int) -> tuple[Line, ...]:
    """Gives back `volume_m3` at the prices of the bill that is corrected."""
    by_volume = (line for line in lines if line.unit == "m³")
    return tuple(
        line._replace(quantity=-volume_m3, amount_cents=-_half_up(volume_m3 * line.price, 1000)) for line in by_volume
    )


def total_cents(lines: Iterable[Line]) -> int:
    """TTC: VAT is rounded once for each rate."""
    by_rate: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        by_rate[line.vat_basis_points] += line.amount_cents
    return sum(net + _half_up(net * rate, 10_000) for rate, net in by_rate.items())


def _half_up(numerator: int, denominator: int) -> int:
    """Rounded to the nearest, halves away from zero."""
    if numerator < 0:
        return -_half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)
