"""All that a subscriber may see of a contract's consumption, as data: every period, year, month or day at once."""

from dataclasses import dataclass
from datetime import date

from models import Contract
from portail_app.errors import NotFound
from portail_app.reading import Reader
from portail_app.services.consumption_charts import Bar, View, chart_periods, month_bars, year_bar
from portail_app.services.contracts import find_tenure
from portail_app.services.daily_volumes import find_known_days, list_days, list_years
from portail_app.services.meter_history import find_history
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ConsumptionFile:
    contract: Contract
    point: str
    known_on: date | None
    bars: tuple[Bar, ...]


async def compose_consumption(reader: Reader, viewer: Viewer, number: str, view: View) -> ConsumptionFile:
    """Raises NotFound for a contract that is not the viewer's to read, neither as staff nor as its subscriber."""
    try:
        tenure = await find_tenure(reader, viewer, number)
    except NotFound:  # an agent's own contract may be elsewhere
        tenure = await find_tenure(reader, viewer.as_subscriber(), number)
    told = await find_history(reader, tenure)
    known = await find_known_days(reader, tenure, told.meters) if told.is_telemetered else None
    if known is None or view is View.PERIODS:
        chart = chart_periods(told.history, told.known_on, most=None)
        return ConsumptionFile(tenure.contract, tenure.point.number, told.known_on, chart.bars)
    first, last = known
    if view is View.YEARS:
        years = await list_years(reader, tenure, told.meters, last)
        bars = tuple(year_bar(year) for year in years)
    else:
        days = await list_days(reader, tenure, told.meters, first, last)
        bars = month_bars(days, first, last) if view is View.MONTHS else _day_bars(days)
    return ConsumptionFile(tenure.contract, tenure.point.number, last, bars)


def _day_bars(days: dict[date, int]) -> tuple[Bar, ...]:
    return tuple(Bar("", "", on, on, 1, litres) for on, litres in sorted(days.items()))
