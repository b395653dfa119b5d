"""The queue of jobs, in the same PostgreSQL: a job deferred on a session's connection commits with the session."""

from collections.abc import Mapping
from typing import Any

from procrastinate import App, PsycopgConnector
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import driver_connection

app = App(
    connector=PsycopgConnector(),  # opened with the database's address by the worker alone
    import_paths=[
        "portail_app.jobs.exports",
        "portail_app.jobs.mails",
        "portail_app.jobs.payments",
        "portail_app.jobs.upkeep",
    ],
)


async def defer(session: AsyncSession, task: str, arguments: Mapping[str, Any], *, queue: str = "default") -> None:
    """Have a task done once the session has committed, and never if it does not."""
    connection = await driver_connection(session)
    await app.configure_task(task, queue=queue, connection=connection).defer_async(**arguments)
