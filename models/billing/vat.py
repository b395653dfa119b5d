"""The VAT of a bill: by rate, on the sum of that rate's HT, so that page and paper show the same cents."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

ONE = 10_000  # basis points


class Taxed(Protocol):
    """What carries an amount HT and its rate: an invoice line, or its image on paper."""

    @property
    def amount_cents(self) -> int: ...

    @property
    def vat_basis_points(self) -> int: ...


class VatShare(NamedTuple):
    basis_points: int
    net_cents: int
    vat_cents: int


class InvoiceTotals(NamedTuple):
    """HT, VAT and TTC in cents; `shares` goes from the lowest rate to the highest, 0 being not subject."""

    shares: tuple[VatShare, ...]
    net_cents: int
    vat_cents: int

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.vat_cents


def totals_of(lines: Iterable[Taxed]) -> InvoiceTotals:
    net_by_rate: dict[int, int] = {}
    for line in lines:
        net_by_rate[line.vat_basis_points] = net_by_rate.get(line.vat_basis_points, 0) + line.amount_cents
    shares = tuple(VatShare(rate, net, vat_cents(net, rate)) for rate, net in sorted(net_by_rate.items()))
    return InvoiceTotals(shares, sum(s.net_cents for s in shares), sum(s.vat_cents for s in shares))


def vat_cents(net_cents: int, basis_points: int) -> int:
    """Half a cent goes away from zero, so that a credit note undoes its invoice to the cent."""
    magnitude = (abs(net_cents) * basis_points + ONE // 2) // ONE
    return magnitude if net_cents >= 0 else -magnitude
