"""One import at a time: the connection that holds the lock."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from portail_app.errors import Refusal

LOCK = 0x696D706F7274


@contextmanager
def locked_connection(url: str) -> Iterator[psycopg.Connection]:
    """The lock goes with the connection, even when the process is killed. Raises Refusal where another holds it."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row != (True,):
            raise Refusal("Un autre import est en cours. Attendez qu’il se termine, puis relancez celui-ci.")
        connection.execute("SET work_mem = '64MB'")
        connection.execute("SET temp_buffers = '64MB'")
        try:
            yield connection
        finally:
            with suppress(psycopg.Error):  # at once: the next import does not meet this connection's last moment
                connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
