"""The one database: where it is, and the only place that commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.connections import limited_parameters
from portail_app.settings import settings
from portail_app.troubles import unavailable_in_trouble
from portail_app.viewer import Viewer

SECONDS_FOR_A_CONNECTION = 5


@asynccontextmanager
async def transaction(viewer: Viewer) -> AsyncIterator[AsyncSession]:
    """One unit of work in the name of `viewer`: committed at the end, rolled back by any exception.

    Raises Unavailable where the database is away, full, or too slow.
    """
    with unavailable_in_trouble():
        async with AsyncSession(engine(), expire_on_commit=False) as session:
            session.info["viewer"] = viewer
            async with session.begin():
                yield session


@cache
def engine() -> AsyncEngine:
    """The process's pool. A connection that the database dropped is replaced at the next use."""
    url = database_url()
    return create_async_engine(
        sqlalchemy_url(url),
        pool_size=10,
        max_overflow=10,
        pool_timeout=SECONDS_FOR_A_CONNECTION,
        pool_pre_ping=True,
        connect_args=limited_parameters(url),
        hide_parameters=True,  # an error goes to the log: hashes and addresses do not
    )


@cache
def database_url() -> str:
    """`DATABASE_URL`, else that of the embedded PostgreSQL, started if needed and stopped with its last user."""
    configured = settings().database_url
    if configured:
        return configured
    from portail_app.gateways.embedded_postgres import start_embedded_postgres

    return start_embedded_postgres(settings().data_folder / "postgres")


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)


async def execute_sql(session: AsyncSession, statement: Executable, **values: Any) -> CursorResult[Any]:
    """Run a statement on tables, not on entities, in the session's transaction and after what the session holds."""
    await session.flush()
    return await (await session.connection()).execute(statement, values)


async def driver_connection(session: AsyncSession) -> AsyncConnection:
    """The session's own psycopg connection: what is done on it commits with the session."""
    raw = await (await session.connection()).get_raw_connection()
    connection = raw.driver_connection
    assert isinstance(connection, AsyncConnection)
    return connection
