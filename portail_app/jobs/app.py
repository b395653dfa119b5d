"""The queue of jobs, in the same PostgreSQL: a job deferred on a session's connection commits with the session."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import driver_connection

app = App(
    connector=PsycopgConnector(),  # opened with the database's address by the worker alone
    import_paths=[
        "portail_app.jobs.campaigns",
        "portail_app.jobs.documents",
        "portail_app.jobs.files",
        "portail_app.jobs.exports",
        "portail_app.jobs.leaks",
        "portail_app.jobs.mails",
        "portail_app.jobs.payments",
        "portail_app.jobs.upkeep",
    ],
)


async def defer(
    session: AsyncSession,
    task: str,
    arguments: Mapping[str, Any],
    *,
    queue: str = "default",
    once: str | None = None,
    after: timedelta = timedelta(),
) -> None:
    """Have a task done once the session has committed, and never if it does not; of those that are asked for under
    one name (`once`), one waits at most."""
    at: Any = {"schedule_in": {"seconds": int(after.total_seconds())}} if after else {}
    with suppress(AlreadyEnqueued):
        async with session.begin_nested():  # a twin's refusal would end the whole transaction
            connection = await driver_connection(session)  # the savepoint is made when this is asked for
            asked = app.configure_task(task, queue=queue, queueing_lock=once, connection=connection, **at)
            await asked.defer_async(**arguments)
