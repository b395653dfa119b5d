"""Leaks are looked for after each import, and every quarter of an hour in case something else brought a reading."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import psycopg
from procrastinate.exceptions import AlreadyEnqueued
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import transaction
from portail_app.jobs.app import app
from portail_app.services.leaks.areas import AreaMeans
from portail_app.services.leaks.detection import Found, detect_leaks
from portail_app.services.leaks.episodes import detect_episodes
from portail_app.viewer import Viewer

TASK, QUEUE = "leaks.detect", "leaks"


@app.periodic(cron="*/15 * * * *")
@app.task(name=TASK, queue=QUEUE, queueing_lock=TASK, lock=TASK)
async def detect_regularly(timestamp: int = 0) -> None:
    await detect_all(datetime.now(UTC))


def look_for_leaks(connection: psycopg.Connection) -> None:
    """Have it done once what the connection wrote has committed; asking twice is asking once."""
    try:
        with connection.transaction():
            app.configure_task(TASK, queue=QUEUE, queueing_lock=TASK, lock=TASK, connection=connection).defer()
    except AlreadyEnqueued:
        return


async def detect_all(now: datetime) -> int:
    """How many contracts were looked at. Each chunk commits, so that what a crash leaves is what is left to do."""
    means = AreaMeans()
    by_readings = await _go_through(lambda session, after: detect_leaks(session, now, means, after=after))
    by_days = await _go_through(lambda session, after: detect_episodes(session, now, after=after))
    return by_readings + by_days


async def _go_through(detect: Callable[[AsyncSession, int], Awaitable[Found]]) -> int:
    looked_at, after = 0, 0
    while True:
        async with transaction(Viewer.system()) as session:
            found = await detect(session, after)
        looked_at += found.looked_at
        if found.last_id is None:
            return looked_at
        after = found.last_id
