"""A database that is slow: people wait a little, then read a sentence; nobody waits for ever, and it passes."""

import asyncio
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text

from portail_app.connections import limited_parameters, network_parameters
from portail_app.database import database_url, execute_sql, transaction
from portail_app.errors import Unavailable
from portail_app.reading import Prepared, reading
from portail_app.viewer import Viewer
from tests.luck.conftest import NUMBER
from tests.luck.visitors import NORMAL, Downloader, visitor

PAPER = f"/telecharger/factures/{NUMBER}.pdf"
LIMITED = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone")
SYSTEM = Viewer.system()
READ_ONLY = "default_transaction_read_only"


async def test_a_table_locked_for_a_moment_is_waited_for(portal, people, postgres):
    async with visitor(portal, people.alice) as page:
        with locked(postgres.url, "invoice"):
            waiting = asyncio.create_task(page.visit())
            await asyncio.sleep(3)
            assert not waiting.done()
        assert await waiting == NORMAL


async def test_more_slow_requests_than_connections_are_refused_in_words_and_the_rest_is_answered(
    portal, people, postgres
):
    downloads = [Downloader(portal, people.alice, PAPER).download for _ in range(25)]
    with locked(postgres.url, "invoice"):
        answers = [asyncio.create_task(download()) for download in downloads]
        async with asyncio.timeout(15):
            while sum(answer.done() for answer in answers) < 5:
                await asyncio.sleep(0.1)
    said = await asyncio.gather(*answers)

    assert sorted(said) == [NORMAL] * 20 + [Unavailable.sentence] * 5
    assert await downloads[0]() == NORMAL


async def test_a_person_s_transaction_is_limited():
    async with transaction(SYSTEM) as session:
        shown = [(await execute_sql(session, text(f"SHOW {name}"))).scalar_one() for name in LIMITED]
    assert shown == ["15s", "10s", "1min", "UTC"]


async def test_a_reading_is_limited_too_and_writes_nothing():
    async with reading(SYSTEM) as reader:
        shown = [(await reader.rows(Prepared(text(f"SHOW {name}"))))[0][0] for name in (*LIMITED, READ_ONLY)]
    assert shown == ["15s", "10s", "1min", "UTC", "on"]


@pytest.mark.parametrize(
    ("limit", "statement"),
    [("statement_timeout", "SELECT pg_sleep(30)"), ("lock_timeout", "LOCK TABLE invoice")],
)
async def test_what_takes_too_long_is_given_up_and_the_connection_is_good_again(limit, statement):
    with pytest.raises(Unavailable), locked(database_url(), "invoice"):
        await asyncio.wait_for(run(f"SET LOCAL {limit} = '300ms'", statement), 5)

    async with transaction(SYSTEM) as session:
        assert (await execute_sql(session, text("SELECT 1"))).scalar_one() == 1


async def test_a_transaction_that_was_left_open_too_long_is_refused_in_words():
    with pytest.raises(Unavailable):
        await run("SET LOCAL idle_in_transaction_session_timeout = '200ms'", "SELECT 1", pause=0.6)


def test_the_operator_s_own_limits_win():
    url = "postgresql://somewhere/portail?options=-c%20statement_timeout%3D60s&connect_timeout=20"

    assert limited_parameters(url)["options"].endswith("-c statement_timeout=60s")
    assert network_parameters(url)["connect_timeout"] == "20"


async def run(*statements, pause=0):
    async with transaction(SYSTEM) as session:
        for statement in statements:
            await execute_sql(session, text(statement))
            await asyncio.sleep(pause)


@contextmanager
def locked(url, table):
    with psycopg.connect(url) as neighbour:
        neighbour.execute(f"LOCK TABLE {table}")
        yield
