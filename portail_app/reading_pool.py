"""The connections that `reading` borrows: they can only read, and ask the database anew as soon as it is back."""

from contextlib import suppress
from functools import cache

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from portail_app.connections import READ_ONLY, check_silence, limited_parameters
from portail_app.database import SECONDS_FOR_A_CONNECTION, database_url


async def reading_pool() -> AsyncConnectionPool:
    pool = _unopened_reading_pool()
    if pool.closed:
        await pool.open()
    return pool


async def connection_of(pool: AsyncConnectionPool) -> AsyncConnection:
    """The pool tries to connect when it is asked, not while somebody waits: it is asked every second."""
    for _ in range(SECONDS_FOR_A_CONNECTION - 1):
        with suppress(PoolTimeout):
            return await pool.getconn(timeout=1)
    return await pool.getconn(timeout=1)


@cache
def _unopened_reading_pool() -> AsyncConnectionPool:
    url = database_url()
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=10,
        reconnect_timeout=0,  # no longer and longer pauses between tries: whoever asks next tries at once
        open=False,
        check=check_silence,
        kwargs={"autocommit": True, **limited_parameters(url, READ_ONLY)},
    )
