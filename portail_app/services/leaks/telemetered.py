"""The contracts whose meters told a new day, and those days: read by the thousand on the driver itself."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import LeakAlert
from portail_app.reading import Prepared, Reader
from portail_app.services.leaks.telemetry import DAY, CountedDay, Wishes
from portail_app.services.leaks.watches import NOBODY_CAME_SINCE

WINDOW = timedelta(days=31)


class Telemetered(NamedTuple):
    """A contract with new days: since when they may be looked at, the last one looked at, and the last there is."""

    contract_id: int
    utility_id: int
    point_id: int
    since: date
    counted_on: date | None
    last_day: date
    wishes: Wishes
    is_watched: bool


async def list_telemetered(reader: Reader, today: date, *, after: int, limit: int) -> list[Telemetered]:
    """By their number in the database."""
    found = await reader.rows(_TELEMETERED, after=after, limit=limit, **_window(today))
    return [_of_row(row) for row in found]


async def read_days(
    reader: Reader, telemetered: Collection[Telemetered], today: date
) -> defaultdict[int, list[CountedDay]]:
    """By delivery point: every day where something was asked for, else those on which water never stopped."""
    points = [one.point_id for one in telemetered]
    watched = [one.point_id for one in telemetered if one.is_watched]
    days: defaultdict[int, list[CountedDay]] = defaultdict(list)
    for point_id, *day in await reader.rows(_DAYS, points=points, watched=watched, **_window(today)):
        days[point_id].append(CountedDay(*day))
    return days


async def list_known(
    session: AsyncSession, contract_ids: Collection[int], today: date
) -> defaultdict[int, list[LeakAlert]]:
    recent = col(LeakAlert.period_end) >= today - WINDOW - DAY
    known: defaultdict[int, list[LeakAlert]] = defaultdict(list)
    for alert in await session.exec(select(LeakAlert).where(col(LeakAlert.contract_id).in_(contract_ids), recent)):
        known[alert.contract_id].append(alert)
    return known


async def remember_days(reader: Reader, looked_at: Collection[Telemetered]) -> None:
    contracts, days = [one.contract_id for one in looked_at], [one.last_day for one in looked_at]
    await reader.rows(_REMEMBER, contracts=contracts, days=days)


def _window(today: date) -> dict[str, date]:
    return {"recent": today - WINDOW, "today": today}


def _of_row(row: tuple[Any, ...]) -> Telemetered:
    *facts, is_watched, flow, most, away_from, away_until = row
    wishes = Wishes(flow, most, away_from, away_until) if is_watched else Wishes()
    return Telemetered._make((*facts, wishes, is_watched))


_TELEMETERED = Prepared(
    text(f"""
    SELECT contract.id, contract.utility_id, contract.delivery_point_id, contract.started_on, known.counted_on,
        last.day, leak_watch.contract_id IS NOT NULL, leak_watch.warns_of_flow, leak_watch.most_litres_a_day,
        leak_watch.away_from, leak_watch.away_until
    FROM contract JOIN LATERAL (
        SELECT max(counted.day) AS day FROM meter JOIN daily_volume AS counted ON counted.meter_id = meter.id
        WHERE meter.delivery_point_id = contract.delivery_point_id AND meter.is_telemetered
        AND counted.day BETWEEN :recent AND :today
    ) AS last ON last.day >= contract.started_on AND last.day <= coalesce(contract.ended_on, 'infinity')
    LEFT JOIN leak_check AS known ON known.contract_id = contract.id
    LEFT JOIN leak_watch ON leak_watch.contract_id = contract.id AND {NOBODY_CAME_SINCE}
    WHERE contract.id > :after AND contract.service ~* '\\meaux?\\M' AND known.counted_on IS DISTINCT FROM last.day
    ORDER BY contract.id LIMIT :limit
    """)  # noqa: S608  a constant of ours
)
_DAYS = Prepared(
    text("""
    SELECT meter.delivery_point_id, counted.day, sum(counted.volume_litres)::integer,
        sum(counted.least_hourly_litres)::integer
    FROM meter JOIN daily_volume AS counted ON counted.meter_id = meter.id
    WHERE meter.delivery_point_id = ANY(:points) AND counted.day BETWEEN :recent AND :today
    GROUP BY meter.delivery_point_id, counted.day
    HAVING sum(counted.least_hourly_litres) > 0 OR meter.delivery_point_id = ANY(:watched)
    """)
)
_REMEMBER = Prepared(
    text("""
    INSERT INTO leak_check (contract_id, counted_on)
    SELECT * FROM unnest(CAST(:contracts AS integer[]), CAST(:days AS date[]))
    ON CONFLICT (contract_id) DO UPDATE SET counted_on = excluded.counted_on RETURNING contract_id
    """)
)
