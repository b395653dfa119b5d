"""What the list of contracts shows of each: where, which meter, and the last consumption."""

from dataclasses import dataclass
from datetime import date

from portail_app.reading import Reader
from portail_app.services.consumption import same_day
from portail_app.services.contracts import Tenure, list_tenures
from portail_app.services.meter_history import MeterHistory, list_histories
from portail_app.viewer import Viewer

YEARS_BACK = 3
MOST_AT_HOME = 3


@dataclass(frozen=True, slots=True)
class ContractRow:
    """`last_litres` flowed over `last_days` days until `known_on`; None without history."""

    number: str
    service: str
    address: str
    city: str
    is_open: bool
    serial: str = ""
    known_on: date | None = None
    last_litres: int | None = None
    last_days: int = 0


async def list_contracts(reader: Reader, viewer: Viewer, today: date) -> tuple[ContractRow, ...]:
    tenures = await list_tenures(reader, viewer)
    histories = await list_histories(reader, tenures, since=same_day(today, -YEARS_BACK)) if tenures else []
    return tuple(_row(tenure, told, today) for tenure, told in zip(tenures, histories, strict=True))


async def list_last_consumptions(reader: Reader, viewer: Viewer, today: date) -> tuple[ContractRow, ...]:
    """Of the open contracts that have one, for the home page."""
    found = await list_contracts(reader, viewer, today)
    return tuple(row for row in found if row.is_open and row.last_litres is not None)[:MOST_AT_HOME]


def _row(tenure: Tenure, told: MeterHistory, today: date) -> ContractRow:
    last = told.history.periods[-1] if told.history.periods else None
    is_open = tenure.contract.is_open_on(today) and (tenure.until is None or today <= tenure.until)
    return ContractRow(
        number=tenure.contract.number,
        service=tenure.contract.service,
        address=tenure.point.address,
        city=tenure.point.city,
        is_open=is_open,
        serial=told.meter.serial if told.meter else "",
        known_on=told.known_on,
        last_litres=last.litres if last else None,
        last_days=last.days if last else 0,
    )
