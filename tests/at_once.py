"""Two transactions at once: the second waits for a row that the first holds, and goes on once it has committed."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.jobs.outbox import run_sql

LIMIT_SECONDS = 10
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""


async def begun(second: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """The second one, which waits for the database by now."""
    task = asyncio.ensure_future(second)
    async with asyncio.timeout(LIMIT_SECONDS):
        while not task.done() and await asyncio.to_thread(run_sql, WAITING) == [(0,)]:
            await asyncio.sleep(0)
    assert not task.done(), "nothing held it back"
    return task
