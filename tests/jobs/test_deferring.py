"""A job is asked for in the transaction of what it is about: it is done once that commits, and never if it does not."""

import psycopg
import pytest

from portail_app.database import database_url, transaction
from portail_app.jobs import leaks
from portail_app.jobs.app import defer
from portail_app.services import audit
from portail_app.viewer import Viewer
from tests.jobs.outbox import run_sql

pytestmark = pytest.mark.usefixtures("town")
TASK = "payments.check"


class PowerCut(Exception):
    pass


def jobs(task: str = TASK) -> list[tuple[object, ...]]:
    return run_sql(
        "SELECT queue_name, args, status::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", task
    )


async def ask(attempt_id: int, **how) -> None:
    async with transaction(Viewer.system()) as session:
        await defer(session, TASK, {"attempt_id": attempt_id}, **how)


async def ask_in(session) -> None:
    await defer(session, TASK, {"attempt_id": 7}, once="payment 7")


async def test_what_commits_is_asked_for_with_its_arguments_on_its_queue():
    await ask(7, queue="payments")
    assert jobs() == [("payments", {"attempt_id": 7}, "todo")]


async def test_a_queue_that_is_not_named_is_the_ordinary_one():
    await ask(7)
    assert jobs()[0][0] == "default"


async def test_what_is_rolled_back_was_never_asked_for():
    async def ask_then_fail() -> None:
        async with transaction(Viewer.system()) as session:
            await defer(session, TASK, {"attempt_id": 7})
            raise PowerCut

    with pytest.raises(PowerCut):
        await ask_then_fail()
    assert jobs() == []


async def test_of_those_under_one_name_one_waits():
    await ask(7, once="payment 7")
    await ask(7, once="payment 7")
    await ask(8, once="payment 8")
    assert [arguments for _, arguments, _ in jobs()] == [{"attempt_id": 7}, {"attempt_id": 8}]


async def test_a_twin_that_is_refused_undoes_nothing_of_the_transaction_around_it():
    await ask(7, once="payment 7")
    async with transaction(Viewer.system()) as session:
        await defer(session, TASK, {"attempt_id": 7}, once="payment 7")
        await defer(session, TASK, {"attempt_id": 9}, once="payment 9")
    assert [arguments for _, arguments, _ in jobs()] == [{"attempt_id": 7}, {"attempt_id": 9}]


async def test_what_is_written_before_and_after_a_twin_is_kept(town):
    for subject in ("premier", "second"):
        async with transaction(town.chloe.viewer) as session:
            audit.record(session, town.chloe.viewer, "Essai", f"{subject} avant", utility_id=town.utility.id)
            await ask_in(session)
            audit.record(session, town.chloe.viewer, "Essai", f"{subject} après", utility_id=town.utility.id)

    kept = run_sql("SELECT subject FROM audit_entry ORDER BY id")
    assert kept == [("premier avant",), ("premier après",), ("second avant",), ("second après",)]
    assert len(jobs()) == 1


async def test_twins_in_one_transaction_are_one():
    async with transaction(Viewer.system()) as session:
        await defer(session, TASK, {"attempt_id": 7}, once="payment 7")
        await defer(session, TASK, {"attempt_id": 7}, once="payment 7")
    assert len(jobs()) == 1


class TestAfterAnImport:
    def look(self, *, commit: bool = True) -> None:
        """As an import does, which a rehearsal wraps in a transaction of its own."""
        with (
            psycopg.connect(database_url(), autocommit=True) as connection,
            connection.transaction(force_rollback=not commit),
        ):
            leaks.look_for_leaks(connection)

    async def test_leaks_are_looked_for_once_it_has_committed(self):
        self.look()
        assert len(jobs(leaks.TASK)) == 1

    async def test_two_imports_one_after_the_other_are_looked_at_once(self):
        self.look()
        self.look()
        assert len(jobs(leaks.TASK)) == 1

    async def test_an_import_that_is_rolled_back_asks_for_nothing(self):
        self.look(commit=False)
        assert jobs(leaks.TASK) == []

    async def test_asking_twice_leaves_the_importers_transaction_alive(self):
        self.look()
        with psycopg.connect(database_url()) as connection:
            leaks.look_for_leaks(connection)
            assert connection.execute("SELECT 1").fetchone() == (1,)
