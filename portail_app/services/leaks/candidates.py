"""The contracts whose last true reading no rule has judged yet, with what is known of their delivery points.

Read by the thousand on the driver itself: rows are small tuples with the names of the entities' fields.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import text

from models import ReadingKind
from portail_app.reading import Prepared, Reader
from portail_app.services.consumption import History, history_of

STALE = timedelta(days=120)
"""An older reading has had its bill: the warning would come after it (R2224-20-1), and help nobody."""
REACH = timedelta(days=7 * 365)


class Candidate(NamedTuple):
    contract_id: int
    utility_id: int
    point_id: int
    started_on: date
    area: str
    reading_id: int
    read_on: date
    index_litres: int


class MeterFacts(NamedTuple):
    point_id: int
    id: int
    installed_on: date
    installed_index_litres: int
    removed_on: date | None
    removed_index_litres: int | None
    turns_over_at_litres: int


class ReadingFacts(NamedTuple):
    meter_id: int
    read_on: date
    index_litres: int
    kind: ReadingKind


@dataclass(frozen=True)
class PointFacts:
    meters: list[MeterFacts]
    readings: list[ReadingFacts]

    @property
    def history(self) -> History:
        """Whoever lived there."""
        return history_of(self.meters, self.readings)


async def list_candidates(reader: Reader, today: date, *, after: int, limit: int) -> list[Candidate]:
    """Of dwellings that are served water, by their number in the database."""
    recent = {"recent": today - STALE, "today": today}
    return [Candidate(*row) for row in await reader.rows(_CANDIDATES, after=after, limit=limit, **recent)]


async def read_points(reader: Reader, point_ids: Collection[int], today: date) -> dict[int, PointFacts]:
    points: dict[int, PointFacts] = defaultdict(lambda: PointFacts([], []))
    point_of: dict[int, PointFacts] = {}
    for row in await reader.rows(_METERS, point_ids=list(point_ids)):
        meter = MeterFacts(*row)
        points[meter.point_id].meters.append(meter)
        point_of[meter.id] = points[meter.point_id]
    for meter_id, read_on, index, kind in await reader.rows(_READINGS, meters=list(point_of), since=today - REACH):
        point_of[meter_id].readings.append(ReadingFacts(meter_id, read_on, index, _KINDS[kind]))
    return points


async def remember(reader: Reader, judged: Collection[Candidate]) -> None:
    """They are no candidates any more, until another reading comes or this one is corrected."""
    await reader.rows(
        _REMEMBER,
        contracts=[one.contract_id for one in judged],
        days=[one.read_on for one in judged],
        indexes=[one.index_litres for one in judged],
    )


_KINDS = {kind.value: kind for kind in ReadingKind}
_CANDIDATES = Prepared(
    text("""
    SELECT contract.id, contract.utility_id, point.id, contract.started_on, point.area, last.id, last.read_on,
        last.index_litres
    FROM contract JOIN delivery_point AS point ON point.id = contract.delivery_point_id AND point.is_dwelling
    JOIN LATERAL (
        SELECT reading.id, reading.read_on, reading.index_litres
        FROM meter JOIN reading ON reading.meter_id = meter.id
        WHERE meter.delivery_point_id = point.id AND reading.kind <> 'estimee'
        AND reading.read_on BETWEEN :recent AND :today
        ORDER BY reading.read_on DESC, reading.id DESC LIMIT 1
    ) AS last ON last.read_on >= contract.started_on AND last.read_on <= coalesce(contract.ended_on, 'infinity')
    LEFT JOIN leak_check AS known ON known.contract_id = contract.id
    WHERE contract.id > :after AND contract.service ~* '\\meaux?\\M'
    AND (known.read_on, known.index_litres) IS DISTINCT FROM (last.read_on, last.index_litres)
    ORDER BY contract.id LIMIT :limit
    """)
)
_METERS = Prepared(
    text("""
    SELECT delivery_point_id, id, installed_on, installed_index_litres, removed_on, removed_index_litres,
        (1000 * 10 ^ digits)::bigint
    FROM meter WHERE delivery_point_id = ANY(:point_ids)
    """)
)
_READINGS = Prepared(
    text("""
    SELECT meter_id, read_on, index_litres, kind FROM reading WHERE meter_id = ANY(:meters) AND read_on >= :since
    """)
)
_REMEMBER = Prepared(
    text("""
    INSERT INTO leak_check (contract_id, read_on, index_litres)
    SELECT * FROM unnest(CAST(:contracts AS integer[]), CAST(:days AS date[]), CAST(:indexes AS integer[]))
    ON CONFLICT (contract_id) DO UPDATE SET (read_on, index_litres) = (excluded.read_on, excluded.index_litres)
    RETURNING contract_id
    """)
)
