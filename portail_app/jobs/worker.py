"""The worker: inside the application by default, or apart (`portail worker`)."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ProcrastinateException

from portail_app.connections import network_parameters
from portail_app.database import SECONDS_FOR_A_CONNECTION, database_url
from portail_app.jobs.app import app

JOBS_AT_ONCE = 4
SECONDS_TO_FINISH = 10
RECONNECT_SECONDS = 2.0
log = logging.getLogger(__name__)


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """Jobs are done while the block runs."""
    task = asyncio.create_task(work_for_ever(), name="worker")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def work_for_ever() -> None:
    """Until cancelled. Without the database it waits for it."""
    while True:
        try:
            await work()
        except (psycopg.Error, ProcrastinateException, OSError) as trouble:
            log.warning("The queue of jobs is not read: %s", trouble)
        await asyncio.sleep(RECONNECT_SECONDS)


async def work(*, wait: bool = True) -> None:
    """Do the jobs that are due; then, with `wait`, those that come, until cancelled.

    Raises where the database is away.
    """
    url = database_url()
    await _knock(url)
    connector = PsycopgConnector(
        conninfo=url,
        min_size=1,
        max_size=JOBS_AT_ONCE + 1,
        timeout=SECONDS_FOR_A_CONNECTION,
        kwargs=network_parameters(url),
    )
    with app.replace_connector(connector) as opened:
        async with opened.open_async():
            await opened.run_worker_async(
                wait=wait,
                concurrency=JOBS_AT_ONCE,
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
            )


async def _knock(url: str) -> None:
    """The queue's pool would wait longer and longer between its tries."""
    async with await psycopg.AsyncConnection.connect(url, **network_parameters(url)):
        return
