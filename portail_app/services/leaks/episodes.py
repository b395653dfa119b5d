"""Runs the rules of telemetry over the contracts that have a new day, some thousands at a time, and tells of each
episode once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import LeakAlert
from portail_app.formats import PARIS
from portail_app.reading import Prepared, Reader, reader_of
from portail_app.services.leaks.detection import CHUNK, Found, record_alerts
from portail_app.services.leaks.rule import month_after
from portail_app.services.leaks.telemetry import DAY, CountedDay, Episode, Wishes, find_episodes
from portail_app.services.leaks.warnings import warn

WINDOW = timedelta(days=31)
FRESH = timedelta(days=3)
"""Of a contract that is looked at for the first time, what ended before is no news."""


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


async def detect_episodes(session: AsyncSession, now: datetime, *, after: int = 0, limit: int = CHUNK) -> Found:
    reader, today = await reader_of(session), now.astimezone(PARIS).date()
    telemetered = [_of_row(row) for row in await reader.rows(_TELEMETERED, after=after, limit=limit, **_window(today))]
    if not telemetered:
        return Found(0, [], None)
    days = await _read_days(reader, telemetered, today)
    known = await _list_known(session, [one.contract_id for one in telemetered], today)
    new = [alert for one in telemetered for alert in _judge(one, days[one.point_id], known[one.contract_id], now)]
    alerts = await record_alerts(session, new)
    await _remember(reader, telemetered)
    await warn(session, alerts, today)
    return Found(len(telemetered), alerts, telemetered[-1].contract_id if len(telemetered) == limit else None)


def _judge(one: Telemetered, days: list[CountedDay], known: list[LeakAlert], now: datetime) -> Iterable[LeakAlert]:
    """The alerts to record; one that goes on grows instead."""
    own = [day for day in days if day.day >= one.since]
    seen = one.counted_on or one.last_day - FRESH
    for episode in find_episodes(own, one.wishes):
        if episode.end <= seen:
            continue
        former = next((alert for alert in known if _goes_on(alert, episode)), None)
        if former is None:
            yield _alert(one, episode, now)
            continue
        former.litres += sum(day.litres for day in own if former.period_end < day.day <= episode.end)
        former.period_end = max(former.period_end, episode.end)


def _goes_on(alert: LeakAlert, episode: Episode) -> bool:
    return alert.kind is episode.kind and episode.start - DAY <= alert.period_end and alert.period_start <= episode.end


def _alert(one: Telemetered, episode: Episode, now: datetime) -> LeakAlert:
    return LeakAlert(
        utility_id=one.utility_id,
        contract_id=one.contract_id,
        kind=episode.kind,
        period_start=episode.start,
        period_end=episode.end,
        litres=episode.litres,
        recorded_at=now,
        answer_until=month_after(now.astimezone(PARIS).date()),
    )


async def _read_days(
    reader: Reader, telemetered: Collection[Telemetered], today: date
) -> defaultdict[int, list[CountedDay]]:
    """By delivery point: every day where something was asked for, else those on which water never stopped."""
    points = [one.point_id for one in telemetered]
    watched = [one.point_id for one in telemetered if one.is_watched]
    days: defaultdict[int, list[CountedDay]] = defaultdict(list)
    for point_id, *day in await reader.rows(_DAYS, points=points, watched=watched, **_window(today)):
        days[point_id].append(CountedDay(*day))
    return days


async def _list_known(
    session: AsyncSession, contract_ids: Collection[int], today: date
) -> defaultdict[int, list[LeakAlert]]:
    recent = col(LeakAlert.period_end) >= today - WINDOW - DAY
    known: defaultdict[int, list[LeakAlert]] = defaultdict(list)
    for alert in await session.exec(select(LeakAlert).where(col(LeakAlert.contract_id).in_(contract_ids), recent)):
        known[alert.contract_id].append(alert)
    return known


async def _remember(reader: Reader, looked_at: Collection[Telemetered]) -> None:
    contracts, days = [one.contract_id for one in looked_at], [one.last_day for one in looked_at]
    await reader.rows(_REMEMBER, contracts=contracts, days=days)


def _window(today: date) -> dict[str, date]:
    return {"recent": today - WINDOW, "today": today}


def _of_row(row: tuple[Any, ...]) -> Telemetered:
    *facts, is_watched, flow, most, away_from, away_until = row
    wishes = Wishes(flow, most, away_from, away_until) if is_watched else Wishes()
    return Telemetered._make((*facts, wishes, is_watched))


_TELEMETERED = Prepared(
    text("""
    SELECT contract.id, contract.utility_id, contract.delivery_point_id, contract.started_on, known.counted_on,
        last.day, watch.contract_id IS NOT NULL, watch.warns_of_flow, watch.most_litres_a_day, watch.away_from,
        watch.away_until
    FROM contract JOIN LATERAL (
        SELECT max(counted.day) AS day FROM meter JOIN daily_volume AS counted ON counted.meter_id = meter.id
        WHERE meter.delivery_point_id = contract.delivery_point_id AND meter.is_telemetered
        AND counted.day BETWEEN :recent AND :today
    ) AS last ON last.day >= contract.started_on AND last.day <= coalesce(contract.ended_on, 'infinity')
    LEFT JOIN leak_check AS known ON known.contract_id = contract.id
    LEFT JOIN leak_watch AS watch ON watch.contract_id = contract.id
    WHERE contract.id > :after AND contract.service ~* '\\meaux?\\M' AND known.counted_on IS DISTINCT FROM last.day
    ORDER BY contract.id LIMIT :limit
    """)
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
