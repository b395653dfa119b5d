"""The database really away in the middle: the connection that does the work is ended while it waits for a row."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TypeVar

import psycopg

Answer = TypeVar("Answer")
SECONDS = 30
WAITING = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""


async def cut_off(database: str, held: str, work: Awaitable[Answer]) -> Answer:
    """What becomes of `work`, which needs what the statement `held` keeps, once its connection is gone."""
    async with _held(database, held) as other:
        doing = asyncio.ensure_future(work)
        async with asyncio.timeout(SECONDS):
            while not await _ended_one(other):
                assert not doing.done(), "it did not wait for what is held"
                await asyncio.sleep(0.02)
        return await doing


@asynccontextmanager
async def _held(database: str, statement: str) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(database) as other:
        await other.execute(statement)
        yield other
        await other.rollback()


async def _ended_one(other: psycopg.AsyncConnection) -> bool:
    await other.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction goes on seeing who waited at first
    return bool(await (await other.execute(WAITING)).fetchall())
