"""The short way to read: statements written out once, run on the driver itself, for what every tab asks."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import driver_connection
from portail_app.reading_pool import connection_of, reading_pool
from portail_app.troubles import unavailable_in_trouble
from portail_app.viewer import Viewer


@asynccontextmanager
async def reading(viewer: Viewer) -> AsyncIterator["Reader"]:
    """A look at the database in the name of `viewer`, at a fifth of a transaction's cost: for what every tab asks.

    Each statement stands alone, and nothing can be written. Raises Unavailable as `transaction` does.
    """
    with unavailable_in_trouble():
        pool = await reading_pool()
        connection = await connection_of(pool)
        try:
            yield Reader(connection)
        finally:
            await pool.putconn(connection)


async def reader_of(session: AsyncSession) -> "Reader":
    """Reads inside the session's own transaction."""
    return Reader(await driver_connection(session))


class Reader:
    """Runs prepared statements."""

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
