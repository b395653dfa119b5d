"""What water costs at a dated tariff, in euros TTC: pure functions, rounded as the bills are.

Each line's HT is rounded half up to the cent, then VAT once for each rate on the sum of that rate's HT
(models/billing/vat.py). The version of a tariff that applies to a period is that of its last day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from models import TariffBasis, TariffLine
from models.billing.vat import InvoiceTotals, totals_of

LITRES_A_M3 = 1000
DAYS_A_MONTH = Decimal("365.25") / 12
WASTEWATER_WORDS = ("assainissement", "eaux usées", "réseaux de collecte")


@dataclass(frozen=True, slots=True)
class CostLine:
    """HT. The quantity is in `unit`: cubic metres within the line's bracket, or its share of a fixed part's months."""

    rubric: str
    label: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount_cents: int
    vat_basis_points: int
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class Cost:
    lines: tuple[CostLine, ...]

    @property
    def totals(self) -> InvoiceTotals:
        return totals_of(self.lines)

    @property
    def gross_cents(self) -> int:
        return self.totals.gross_cents

    @property
    def fixed_gross_cents(self) -> int:
        """The fixed part alone, TTC; the rest of `gross_cents` is what flowed."""
        return totals_of(line for line in self.lines if line.is_fixed).gross_cents


def version_on(lines: Iterable[TariffLine], day: date) -> tuple[TariffLine, ...]:
    """The lines of one tariff that apply on that day, in the order of the bill; none before its first version."""
    known = [line for line in lines if line.starts_on <= day]
    latest = max((line.starts_on for line in known), default=None)
    return tuple(sorted((line for line in known if line.starts_on == latest), key=lambda line: line.position))


def cost_of(
    version: Sequence[TariffLine], start: date, end: date, litres: int, wastewater_litres: int | None = None
) -> Cost:
    """What the litres from `start` to `end`, both included, cost. Whole cubic metres are billed; the fixed part and the
    brackets are those of as many months. `wastewater_litres` where a leak took a part of them away."""
    months = months_of(start, end)
    sewer = litres if wastewater_litres is None else wastewater_litres
    lines = (_line(rate, (sewer if is_of_wastewater(rate) else litres) // LITRES_A_M3, months) for rate in version)
    return Cost(tuple(line for line in lines if line.quantity))


def months_of(start: date, end: date) -> Decimal:
    """6 from 1 January to 30 June; what is not made of whole months, by its days."""
    after = end + timedelta(days=1)
    if after.day == start.day:
        return Decimal((after.year - start.year) * 12 + after.month - start.month)
    return (after - start).days / DAYS_A_MONTH


def is_of_wastewater(rate: TariffLine) -> bool:
    """Also the agency's fees that follow what is drained. Where the tariff does not tell, its words do."""
    if rate.basis is not None:
        return rate.basis is TariffBasis.WASTEWATER
    words = f"{rate.rubric} {rate.label}".lower()
    return any(word in words for word in WASTEWATER_WORDS)


def _line(rate: TariffLine, volume_m3: int, months: Decimal) -> CostLine:
    share = months / rate.months
    quantity = _rounded(share, "0.001") if rate.is_fixed else Decimal(_within(rate, volume_m3, share))
    return CostLine(
        rubric=rate.rubric,
        label=rate.label,
        quantity=quantity,
        unit=_UNITS.get(rate.months, f"× {rate.months} mois") if rate.is_fixed else "m³",
        unit_price=rate.unit_price,
        amount_cents=int(_rounded(quantity * rate.unit_price * 100, "1")),
        vat_basis_points=rate.vat_basis_points,
        is_fixed=rate.is_fixed,
    )


_UNITS = {1: "mois", 3: "trimestre", 6: "semestre", 12: "an"}


def _within(rate: TariffLine, volume_m3: int, share: Decimal) -> int:
    """The cubic metres between the bracket's bottom and its top, which grow with the months."""
    bottom = int(_rounded(rate.above_m3 * share, "1"))
    top = volume_m3 if rate.up_to_m3 is None else min(volume_m3, int(_rounded(rate.up_to_m3 * share, "1")))
    return max(0, top - bottom)


def _rounded(value: Decimal, to: str) -> Decimal:
    return value.quantize(Decimal(to), ROUND_HALF_UP)
