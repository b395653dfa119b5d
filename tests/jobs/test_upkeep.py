"""The worker's housekeeping, and a worker whose database goes away."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from models import PaymentAnswer
from portail_app.database import transaction
from portail_app.jobs import worker
from portail_app.jobs.app import app, defer
from portail_app.jobs.worker import work, work_for_ever, working
from portail_app.services.exports import export_files
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests.factories import save
from tests.jobs.outbox import find_mail, run_sql, write
from tests.receipts import create_receipt

pytestmark = pytest.mark.usefixtures("town")
PERIODIC = {
    "campaigns.write": "*/10 7-20 * * *",
    "files.sweep": "41 3 * * *",
    "leaks.detect": "*/15 * * * *",
    "payments.sweep": "* * * * *",
    "upkeep.forget": "17 3 * * *",
    "upkeep.retry_stalled": "* * * * *",
}


def statuses(task: str) -> list[str]:
    rows = run_sql("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", task)
    return [str(status) for (status,) in rows]


async def ask(task: str) -> None:
    async with transaction(Viewer.system()) as session:
        await defer(session, task, {"timestamp": 0})


def test_what_is_done_by_the_clock_is_done_at_its_hours():
    app.perform_import_paths()
    known = {found.task.name: found.cron for found in app.periodic_registry.periodic_tasks.values()}
    assert PERIODIC.items() <= known.items()


def test_no_turn_of_what_is_done_by_the_clock_waits_behind_another():
    """A worker that was stopped for a night does one of each, not a night of them."""
    app.perform_import_paths()
    for found in app.periodic_registry.periodic_tasks.values():
        assert found.task.queueing_lock == found.task.name


async def test_old_jobs_are_forgotten_and_the_recent_and_the_waiting_are_kept():
    for task in ("mails.send", "payments.check", "files.sweep"):
        await ask(task)
    run_sql("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE task_name = 'mails.send'")
    run_sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'payments.check'")
    run_sql("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day' WHERE task_name = 'files.sweep'")
    run_sql("UPDATE procrastinate_events SET at = now() - interval '8 days'")
    await ask("upkeep.forget")
    await work(wait=False)

    assert statuses("mails.send") == statuses("payments.check") == []
    assert statuses("files.sweep") == ["todo"]


async def test_copies_that_are_over_leave_the_disk_at_night_and_the_others_stay(town):
    paths = [export_files().path_of(f"{number}-{str(number) * 32}.zip") for number in (1, 2)]
    for path, over in zip(paths, ("now() - interval '1 second'", "now() + interval '1 day'"), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"PK")
        run_sql(
            "INSERT INTO data_export (account_id, asked_at, done_at, expires_at, file_name, parts, parts_in_all, "
            f"size_bytes) VALUES (%s, now(), now(), {over}, %s, 1, 1, 2)",
            town.alice.viewer.account_id,
            path.name,
        )
    await ask("upkeep.forget")
    await work(wait=False)

    assert [path.exists() for path in paths] == [False, True]
    assert run_sql("SELECT removed_at IS NULL FROM data_export ORDER BY id") == [(False,), (True,)]


async def test_what_the_operator_keeps_for_less_goes_sooner(town, monkeypatch):
    async with transaction(Viewer.system()) as session:
        receipt = await create_receipt(session, town.alice.viewer, "000001")
        old = datetime.now(UTC) - timedelta(days=10)
        answer = {"operation": "x", "received_at": old, "raw_xml": "<a/>"}
        await save(session, PaymentAnswer(attempt_id=receipt.attempt_id, **answer))
    for days, left in ((11, 1), (9, 0)):
        monkeypatch.setenv("PAYMENT_ANSWERS_DAYS", str(days))
        settings.cache_clear()
        await ask("upkeep.forget")
        await work(wait=False)
        assert run_sql("SELECT count(*) FROM payment_answer") == [(left,)]
    monkeypatch.undo()
    settings.cache_clear()


async def test_yesterdays_failures_can_still_be_looked_at():
    await ask("payments.check")
    run_sql("UPDATE procrastinate_jobs SET status = 'failed'")
    run_sql("UPDATE procrastinate_events SET at = now() - interval '1 day'")
    await ask("upkeep.forget")
    await work(wait=False)

    assert statuses("payments.check") == ["failed"]


async def test_a_job_of_a_living_worker_is_left_to_it():
    await ask("files.sweep")
    run_sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    run_sql(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers) "
        "WHERE task_name = 'files.sweep'"
    )
    await ask("upkeep.retry_stalled")
    await work(wait=False)

    assert statuses("files.sweep") == ["doing"]


async def test_a_worker_without_its_database_says_so(monkeypatch):
    monkeypatch.setattr(worker, "database_url", lambda: "postgresql://127.0.0.1:1/absent")
    with pytest.raises(psycopg.OperationalError):
        await work(wait=False)


async def test_a_worker_waits_for_a_database_that_is_away_and_then_works(monkeypatch, server, caplog):
    there = worker.database_url()
    address = ["postgresql://127.0.0.1:1/absent"]
    monkeypatch.setattr(worker, "database_url", lambda: address[0])
    monkeypatch.setattr(worker, "RECONNECT_SECONDS", 0.05)
    await write()
    task = asyncio.create_task(work_for_ever())
    await until(lambda: "The queue of jobs is not read" in caplog.text)

    address[0] = there
    await asyncio.to_thread(server.received.wait, 20)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert len(server.mails) == 1


async def test_jobs_are_done_while_the_block_runs_and_it_ends_at_once(server):
    async with working():
        await write()
        assert await asyncio.to_thread(server.received.wait, 20)
    assert "worker" not in {task.get_name() for task in asyncio.all_tasks()}
    assert (await find_mail()).attempts in {0, 1}


async def until(is_so) -> None:
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0.02)
