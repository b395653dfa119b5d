"""What each period of a contract cost, estimated at the tariff of its last day, beside the bill of the same period."""

from dataclasses import dataclass

from portail_app.reading import Reader
from portail_app.services.consumption import Period
from portail_app.services.contracts import Tenure
from portail_app.services.costs import Cost, cost_of, version_on
from portail_app.services.meter_history import MeterHistory
from portail_app.services.period_bills import Bill, read_bills
from portail_app.services.tariffs import list_tariff_lines
from portail_app.viewer import Viewer

NEWEST = 6


@dataclass(frozen=True, slots=True)
class PeriodCost:
    """`bill` is the invoice of exactly these days, of this contract alone, where the viewer may read one."""

    period: Period
    cost: Cost
    bill: Bill | None = None


async def list_costs(reader: Reader, viewer: Viewer, tenure: Tenure, told: MeterHistory) -> list[PeriodCost]:
    """Of the newest periods, the newest first; none where no tariff of that time is known."""
    contract = tenure.contract
    lines = await list_tariff_lines(reader, contract.utility_id, contract.tariff_code)
    bills = await read_bills(reader, viewer, contract.id)
    costs = []
    for period in reversed(told.history.periods[-NEWEST:]):
        version = version_on(lines, period.end)
        if version:
            cost = cost_of(version, period.start, period.end, period.litres)
            costs.append(PeriodCost(period, cost, bills.get((period.start, period.end))))
    return costs
