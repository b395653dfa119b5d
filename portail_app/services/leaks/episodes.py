"""Runs the rules of telemetry over the contracts that have a new day, some thousands at a time, and tells of each
episode once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from models import LeakAlert
from portail_app.formats import PARIS
from portail_app.reading import reader_of
from portail_app.services.leaks.detection import CHUNK, Found, record_alerts
from portail_app.services.leaks.rule import month_after
from portail_app.services.leaks.telemetered import Telemetered, list_known, list_telemetered, read_days, remember_days
from portail_app.services.leaks.telemetry import DAY, CountedDay, Episode, find_episodes
from portail_app.services.leaks.warnings import warn

FRESH = timedelta(days=3)
"""Of a contract that is looked at for the first time, what ended before is no news."""


async def detect_episodes(session: AsyncSession, now: datetime, *, after: int = 0, limit: int = CHUNK) -> Found:
    reader, today = await reader_of(session), now.astimezone(PARIS).date()
    telemetered = await list_telemetered(reader, today, after=after, limit=limit)
    if not telemetered:
        return Found(0, [], None)
    days = await read_days(reader, telemetered, today)
    known = await list_known(session, [one.contract_id for one in telemetered], today)
    new = [alert for one in telemetered for alert in _judge(one, days[one.point_id], known[one.contract_id], now)]
    alerts = await record_alerts(session, new)
    await remember_days(reader, telemetered)
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
