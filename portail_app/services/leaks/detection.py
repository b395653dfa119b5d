"""Runs the law's rule over the contracts that wait for it, some thousands at a time, and records what it finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from models import LeakAlert, LeakKind
from portail_app.formats import PARIS
from portail_app.reading import Reader, reader_of
from portail_app.services.leaks.areas import AreaMeans
from portail_app.services.leaks.candidates import Candidate, list_candidates, read_points, remember
from portail_app.services.leaks.rule import Judgement, judge, month_after
from portail_app.services.leaks.warnings import warn

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """`last_id` is the contract to go on after, None once all have been looked at."""

    looked_at: int
    alerts: list[LeakAlert]
    last_id: int | None


async def detect_leaks(
    session: AsyncSession, now: datetime, means: AreaMeans, *, after: int = 0, limit: int = CHUNK
) -> Found:
    """Judges the next contracts whose last reading is new, and warns of those that leak: each once a period."""
    reader, today = await reader_of(session), now.astimezone(PARIS).date()
    candidates = await list_candidates(reader, today, after=after, limit=limit)
    if not candidates:
        return Found(0, [], None)
    judged = await _judge_all(reader, candidates, means, today)
    leaks = [(one, judgement) for one, judgement in judged if judgement is not None and judgement.is_abnormal]
    alerts = await record_alerts(session, [_alert(one, judgement, now) for one, judgement in leaks])
    await remember(reader, candidates)
    await warn(session, alerts, today)
    return Found(len(candidates), alerts, candidates[-1].contract_id if len(candidates) == limit else None)


async def detect_leak_of(session: AsyncSession, contract_id: int, now: datetime) -> None:
    """In the transaction that brings a reading of this contract."""
    await detect_leaks(session, now, AreaMeans(), after=contract_id - 1, limit=1)


async def record_alerts(session: AsyncSession, alerts: Iterable[LeakAlert]) -> list[LeakAlert]:
    """Those that are new: one of the same kind, contract and period stays as it was told."""
    rows = [alert.model_dump(exclude={"id", "state", "is_decided"}) for alert in alerts]
    if not rows:
        return []
    written = insert(LeakAlert).values(rows).on_conflict_do_nothing().returning(LeakAlert)
    return list((await session.exec(written)).scalars())


async def _judge_all(
    reader: Reader, candidates: list[Candidate], means: AreaMeans, today: date
) -> list[tuple[Candidate, Judgement | None]]:
    """The areas' means are read only where somebody has no history."""
    points = await read_points(reader, [one.point_id for one in candidates], today)
    histories = {one.contract_id: points[one.point_id].history for one in candidates}
    judged = {one: judge(histories[one.contract_id], one.started_on) for one in candidates}
    unjudged = [one for one, judgement in judged.items() if judgement is None]
    await means.learn(reader, [(one.utility_id, one.area) for one in unjudged], today)
    for one in unjudged:
        judged[one] = judge(histories[one.contract_id], one.started_on, means.of((one.utility_id, one.area)))
    return list(judged.items())


def _alert(one: Candidate, judgement: Judgement, now: datetime) -> LeakAlert:
    return LeakAlert(
        utility_id=one.utility_id,
        contract_id=one.contract_id,
        kind=LeakKind.VOLUME,
        reading_id=one.reading_id,
        period_start=judgement.start,
        period_end=judgement.end,
        litres=judgement.litres,
        mean_litres=judgement.mean_litres,
        years=judgement.years,
        recorded_at=now,
        answer_until=month_after(now.astimezone(PARIS).date()),
    )
