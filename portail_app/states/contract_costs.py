"""What the last periods of a contract cost, and of the one that is looked at, line by line."""

from dataclasses import dataclass
from datetime import date

import reflex as rx

from portail_app.errors import NotFound
from portail_app.services.asks import Ask, list_asks
from portail_app.services.contract_costs import PeriodCost, list_costs
from portail_app.services.costs import CostLine
from portail_app.services.meter_history import find_history
from portail_app.states.access import subscriber_event
from portail_app.states.clock import today
from portail_app.states.one_contract import OfContract, open_contract
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CostRow:
    """TTC: an estimate, and what was billed where there is a bill of the same days."""

    start: date
    end: date
    litres: int
    total_cents: int
    bill: str = ""
    billed_cents: int | None = None


class ContractCostsState(OfContract, rx.State):
    costs: tuple[CostRow, ...] = ()
    lines: tuple[CostLine, ...] = ()
    totals: dict[str, int] = {}
    shares: tuple[dict[str, int], ...] = ()
    chosen: int = 0
    asks: tuple[Ask, ...] = ()

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        await self._show(viewer, 0)

    @subscriber_event
    async def choose(self, viewer: Viewer, place: str) -> None:
        """The period of that place in the list."""
        is_place = place.isascii() and place.isdigit() and len(place) < 3
        await self._show(viewer, int(place) if is_place else 0)

    async def _show(self, viewer: Viewer, place: int) -> None:
        try:
            async with open_contract(viewer, self._number()) as (reader, tenure):
                costs = await list_costs(reader, viewer, tenure, await find_history(reader, tenure))
                asks = await list_asks(reader, viewer, today())
        except NotFound:
            self.costs, self.lines, self.totals, self.asks = (), (), {}, ()
            return
        chosen = place if place < len(costs) else 0
        self.lines = costs[chosen].cost.lines if costs else ()
        self.totals, self.shares = _sums(costs[chosen]) if costs else ({}, ())
        self.costs, self.chosen = tuple(map(_row, costs)), chosen
        self.asks = tuple(ask for ask in asks if ask.contract == tenure.contract.number)


def _row(one: PeriodCost) -> CostRow:
    bill = one.bill
    return CostRow(
        start=one.period.start,
        end=one.period.end,
        litres=one.period.litres,
        total_cents=one.cost.gross_cents,
        bill=bill.number if bill else "",
        billed_cents=bill.amount_cents if bill else None,
    )


def _sums(one: PeriodCost) -> tuple[dict[str, int], tuple[dict[str, int], ...]]:
    totals, fixed = one.cost.totals, one.cost.fixed_gross_cents
    gross = totals.gross_cents
    sums = {"net": totals.net_cents, "gross": gross, "fixed": fixed, "used": gross - fixed}
    return sums, tuple({"basis_points": share.basis_points, "cents": share.vat_cents} for share in totals.shares)
