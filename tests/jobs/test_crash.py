"""A worker that is killed: what it had begun is done by the next one."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from portail_app.database import transaction
from portail_app.jobs.app import defer
from portail_app.jobs.payments import defer_check
from portail_app.jobs.worker import work
from portail_app.viewer import Viewer
from tests.jobs.outbox import find_mail, run_sql, write

pytestmark = pytest.mark.usefixtures("town")


async def test_a_worker_killed_before_the_server_answered_leaves_the_mail_to_the_next(server):
    await write()
    server.hold.clear()
    with worker_process() as worker:
        assert await asyncio.to_thread(server.received.wait, 20)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    server.hold.set()
    assert (await find_mail()).sent_at is None

    await bring_back_stalled_jobs()
    await work(wait=False)

    assert (await find_mail()).sent_at is not None
    one, twin = server.mails  # the crash window: taken twice, known as one by its Message-ID
    assert one["Message-ID"] == twin["Message-ID"]
    assert one["Date"] == twin["Date"]


async def test_a_worker_that_is_told_to_stop_finishes_what_it_has_begun(server):
    await write()
    server.hold.clear()
    with worker_process() as worker:
        assert await asyncio.to_thread(server.received.wait, 20)
        worker.send_signal(signal.SIGTERM)
        server.hold.set()
        assert await asyncio.to_thread(worker.wait, 15) == 0
    assert (await find_mail()).sent_at is not None
    assert len(server.mails) == 1


async def test_a_job_that_a_dead_worker_had_begun_is_over_where_its_twin_waits():
    """Else it would keep all the others from being brought back."""
    await ask_once()
    await ask_once()
    run_sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'payments.check'")
    await ask_once()
    run_sql("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE status = 'todo'")

    async with transaction(Viewer.system()) as session:
        await defer(session, "upkeep.retry_stalled", {"timestamp": 0})
    await work(wait=False)

    kept = run_sql("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'payments.check' ORDER BY id")
    assert kept == [("failed",), ("todo",)]


async def ask_once():
    async with transaction(Viewer.system()) as session:
        await defer_check(session, 0)


async def bring_back_stalled_jobs():
    """As the next worker does every minute, half a minute after the last sign of life."""
    assert run_sql("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'mails.send'") == [("doing",)]
    run_sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    async with transaction(Viewer.system()) as session:
        await defer(session, "upkeep.retry_stalled", {"timestamp": 0})
    await work(wait=False)


@contextmanager
def worker_process():
    process = subprocess.Popen([sys.executable, "-m", "portail_app.cli", "worker"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()
