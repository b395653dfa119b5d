"""The meters of a contract and their readings, within the time that the viewer may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Date, Integer, any_, bindparam, select
from sqlmodel import col

from models import Meter, Reading
from portail_app.reading import Prepared, Reader
from portail_app.services.consumption import DAY, History, history_of
from portail_app.services.contracts import Tenure
from portail_app.services.rows import made, shown

FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class MeterHistory:
    """`meters` and `readings` with the newest first."""

    meters: tuple[Meter, ...]
    readings: tuple[Reading, ...]
    history: History

    @property
    def meter(self) -> Meter | None:
        """The one that is there, or was last."""
        return self.meters[0] if self.meters else None

    @property
    def is_telemetered(self) -> bool:
        return any(meter.is_telemetered for meter in self.meters)

    @property
    def known_on(self) -> date | None:
        """The day of the newest reading: « données du »."""
        return self.readings[0].read_on if self.readings else None


async def find_history(reader: Reader, tenure: Tenure) -> MeterHistory:
    """Of a contract that the viewer was allowed to find."""
    (found,) = await list_histories(reader, [tenure])
    return found


async def list_histories(reader: Reader, tenures: Sequence[Tenure], *, since: date = FIRST_DAY) -> list[MeterHistory]:
    """In the order of the tenures; readings from `since` on are enough for what is recent."""
    points = [tenure.point.id for tenure in tenures]
    meters = [made(Meter, row)[0] for row in await reader.rows(_METERS, points=points)]
    ids = [meter.id for meter in meters]
    readings = [made(Reading, row)[0] for row in await reader.rows(_READINGS, meters=ids, since=since)]
    return [_history(tenure, meters, readings) for tenure in tenures]


def _history(tenure: Tenure, meters: Iterable[Meter], readings: Iterable[Reading]) -> MeterHistory:
    first, last = tenure.since - DAY, tenure.until or date.max
    own = [meter for meter in meters if _was_there(meter, tenure, first, last)]
    ids = {meter.id for meter in own}
    seen = [reading for reading in readings if reading.meter_id in ids and first <= reading.read_on <= last]
    return MeterHistory(tuple(own), tuple(seen), history_of(own, seen, tenure.since, tenure.until))


def _was_there(meter: Meter, tenure: Tenure, first: date, last: date) -> bool:
    if meter.delivery_point_id != tenure.point.id:
        return False
    return meter.installed_on <= last and (meter.removed_on is None or first <= meter.removed_on)


_METERS = Prepared(
    select(*shown(Meter))
    .where(col(Meter.delivery_point_id) == any_(bindparam("points", type_=ARRAY(Integer))))
    .order_by(col(Meter.installed_on).desc(), col(Meter.serial))
)
_READINGS = Prepared(
    select(*shown(Reading))
    .where(
        col(Reading.meter_id) == any_(bindparam("meters", type_=ARRAY(Integer))),
        col(Reading.read_on) >= bindparam("since", type_=Date),
    )
    .order_by(col(Reading.read_on).desc(), col(Reading.meter_id))
)
