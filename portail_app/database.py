"""The one database: where it is, the only place that commits, and the short way to read."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.connections import READ_ONLY, check_silence, limited_parameters
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


@asynccontextmanager
async def reading(viewer: Viewer) -> AsyncIterator["Reader"]:
    """A look at the database in the name of `viewer`, at a fifth of a transaction's cost: for what every tab asks.

    Each statement stands alone, and nothing can be written. Raises Unavailable as `transaction` does.
    """
    with unavailable_in_trouble():
        pool = await _reading_pool()
        async with pool.connection() as connection:
            yield Reader(connection)


class Reader:
    """Runs statements prepared by `prepared` on the driver itself."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self, statement: "Prepared", **values: object) -> list[tuple[Any, ...]]:
        """The rows, as tuples in the order of the statement's columns."""
        cursor = await self._connection.execute(statement.sql, {**statement.values, **values})
        return await cursor.fetchall()


class Prepared:
    """A SQLAlchemy statement written out once: building and compiling it costs more than running it."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=PGDialect_psycopg())  # type: ignore[no-untyped-call]
        self.sql = str(compiled)
        self.values: Mapping[str, Any] = compiled.params


async def _reading_pool() -> AsyncConnectionPool:
    pool = _unopened_reading_pool()
    if pool.closed:
        await pool.open()
    return pool


@cache
def _unopened_reading_pool() -> AsyncConnectionPool:
    url = database_url()
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=10,
        timeout=SECONDS_FOR_A_CONNECTION,
        reconnect_timeout=SECONDS_FOR_A_CONNECTION,  # then whoever asks next tries at once, however long it was away
        open=False,
        check=check_silence,
        kwargs={"autocommit": True, **limited_parameters(url, READ_ONLY)},
    )


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


async def reader_of(session: AsyncSession) -> Reader:
    """Reads inside the session's own transaction."""
    return Reader(await driver_connection(session))


async def driver_connection(session: AsyncSession) -> AsyncConnection:
    """The session's own psycopg connection: what is done on it commits with the session."""
    raw = await (await session.connection()).get_raw_connection()
    connection = raw.driver_connection
    assert isinstance(connection, AsyncConnection)
    return connection
