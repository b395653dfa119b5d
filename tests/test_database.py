"""The short way to read, when the database goes away and comes back."""

import pytest
from psycopg import Error
from sqlalchemy import text

from portail_app.database import execute_sql, transaction
from portail_app.reading import Prepared, reader_of, reading
from portail_app.viewer import Viewer

ASK = Prepared(text("SELECT pg_backend_pid()"))
END_THE_OTHERS = text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid = :pid")


async def backend_of_a_reading():
    async with reading(Viewer.system()) as reader:
        ((pid,),) = await reader.rows(ASK)
    return pid


async def test_a_connection_that_the_database_closed_is_not_given_again(database):
    first = await backend_of_a_reading()
    async with transaction(Viewer.system()) as session:
        await execute_sql(session, END_THE_OTHERS, pid=first)

    assert await backend_of_a_reading() != first


async def test_a_connection_that_still_lives_is_given_again(database):
    """Whatever the tests before have opened, there are no more than a pool holds: none is opened for each reading."""
    backends = {await backend_of_a_reading() for _ in range(100)}

    assert len(backends) < 50


async def test_a_reading_writes_nothing(database):
    async with reading(Viewer.system()) as reader:
        with pytest.raises(Error, match="read-only"):
            await reader.rows(Prepared(text("UPDATE account SET name = 'Bruno' RETURNING id")))


async def test_a_reader_of_a_session_sees_what_it_has_not_committed(session):
    await execute_sql(session, text("CREATE TEMPORARY TABLE aside AS SELECT 41 + 1 AS answer"))

    assert await (await reader_of(session)).rows(Prepared(text("SELECT answer FROM aside"))) == [(42,)]
