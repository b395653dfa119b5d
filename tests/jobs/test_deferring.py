"""A job that is asked for with what it is about: both are kept, or neither."""

import pytest
from sqlmodel import select

from models import AuditEntry
from portail_app.database import transaction
from portail_app.jobs.app import defer
from portail_app.services import audit
from portail_app.viewer import Viewer
from tests.jobs.outbox import run_sql

LETTERS = "campaigns.write"


async def test_a_twin_that_waits_already_leaves_the_rest_of_the_transaction_as_it_is(town):
    for subject in ("premier", "second"):
        async with transaction(town.chloe.viewer) as session:
            audit.record(session, town.chloe.viewer, "Essai", f"{subject} avant", utility_id=town.utility.id)
            await defer(session, LETTERS, {}, queue="campaigns", once=LETTERS)
            audit.record(session, town.chloe.viewer, "Essai", f"{subject} après", utility_id=town.utility.id)

    assert await subjects() == ["premier avant", "premier après", "second avant", "second après"]
    assert run_sql("SELECT count(*) FROM procrastinate_jobs") == [(1,)]


async def test_what_fails_afterwards_takes_its_job_with_it(town):
    with pytest.raises(ZeroDivisionError):
        await ask_and_fail(town)

    assert await subjects() == []
    assert run_sql("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


async def ask_and_fail(town) -> None:
    async with transaction(town.chloe.viewer) as session:
        audit.record(session, town.chloe.viewer, "Essai", "perdu", utility_id=town.utility.id)
        await defer(session, LETTERS, {}, queue="campaigns", once=LETTERS)
        raise ZeroDivisionError


async def subjects() -> list[str]:
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(AuditEntry.subject).order_by(AuditEntry.id))).all())
