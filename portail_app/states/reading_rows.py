"""The readings of a contract as its page lists them."""

from dataclasses import dataclass
from datetime import date, datetime

from portail_app.services.meter_history import MeterHistory

SHOWN_READINGS = 24


@dataclass(frozen=True, slots=True)
class ReadingRow:
    read_on: date
    index_litres: int
    kind: str
    serial: str
    received_at: datetime | None
    comment: str


def rows_of(told: MeterHistory) -> tuple[ReadingRow, ...]:
    serials = {meter.id: meter.serial for meter in told.meters}
    return tuple(
        ReadingRow(
            reading.read_on,
            reading.index_litres,
            reading.kind.value,
            serials[reading.meter_id],
            reading.received_at,
            reading.comment,
        )
        for reading in told.readings[:SHOWN_READINGS]
    )
