"""The letters of campaigns, by their job: each once, however often it runs, and whenever it died."""

from datetime import UTC, date, datetime, timedelta

import pytest
from croniter import croniter
from sqlalchemy import text

from models import CampaignContract
from portail_app.database import execute_sql, transaction
from portail_app.errors import Unavailable
from portail_app.formats import PARIS
from portail_app.jobs import campaigns
from portail_app.jobs.campaigns import write_letters
from portail_app.jobs.worker import work
from portail_app.services.campaign_letters import CHUNK
from portail_app.services.campaign_query import CampaignDraft
from portail_app.services.campaigns import launch_campaign
from portail_app.viewer import Viewer
from tests.dwellings import create_dwelling, read_at
from tests.factories import NOW, TODAY
from tests.jobs.cut_short import dying_at_the_mail_to
from tests.jobs.outbox import run_sql

REMINDED = datetime(2026, 12, 8, 9, tzinfo=UTC)


async def launch(town, **values):
    usual = {"opens_on": TODAY, "closes_on": date(2026, 12, 20), "remind_on": REMINDED.date()}
    draft = CampaignDraft(town.utility.id, "Relève d’automne", **{**usual, **values})
    async with transaction(town.chloe.viewer) as session:
        return await launch_campaign(session, town.chloe.viewer, draft, NOW, draft.opens_on)


def mails() -> list[tuple[str, str]]:
    """Who was written to, and whether to remind them."""
    found = run_sql("SELECT recipient, subject FROM mail ORDER BY recipient, id")
    return [(recipient, "rappel" if subject.startswith("Rappel") else "invitation") for recipient, subject in found]


@pytest.fixture
async def homes(town):
    """Alice's and Bruno's."""
    async with transaction(Viewer.system()) as session:
        return [await create_dwelling(session, town.utility, who.viewer) for who in (town.alice, town.bruno)]


async def test_everybody_is_invited_once_and_who_has_not_answered_reminded_once(town, homes):
    await launch(town)
    assert [await write_letters(NOW) for _ in range(2)] == [2, 0]
    async with transaction(Viewer.system()) as session:
        await read_at(session, homes[0], "2026-11-25", 400)

    assert [await write_letters(REMINDED) for _ in range(2)] == [1, 0]

    assert mails() == [
        *(("alice@example.fr", "invitation"), ("bruno@example.fr", "invitation"), ("bruno@example.fr", "rappel")),
    ]


async def test_a_campaign_that_is_launched_on_the_day_to_remind_does_both_once(town, homes):
    """A worker that was away for days."""
    await launch(town)

    assert await write_letters(REMINDED) == 4
    assert await write_letters(REMINDED) == 0
    assert len(mails()) == 4


async def test_a_job_that_dies_between_two_mails_has_written_none_and_writes_each_once_when_it_is_run_again(
    town, homes
):
    await launch(town)
    with dying_at_the_mail_to("bruno@example.fr"):
        with pytest.raises(Unavailable):
            await write_letters(NOW)
        assert mails() == []
        assert run_sql("SELECT count(invited_at) FROM campaign_contract") == [(0,)]
        assert jobs_of_mails() == 0

    assert await write_letters(NOW) == 2

    assert mails() == [("alice@example.fr", "invitation"), ("bruno@example.fr", "invitation")]
    assert jobs_of_mails() == 2


async def test_what_was_written_before_the_job_died_is_not_written_again(town, homes):
    """Reminders: the invitations of the same run have committed before."""
    await launch(town, remind_on=TODAY + timedelta(days=1))
    assert await write_letters(NOW) == 2
    with dying_at_the_mail_to("alice@example.fr"), pytest.raises(Unavailable):
        await write_letters(NOW + timedelta(days=1))

    assert await write_letters(NOW + timedelta(days=1)) == 2

    assert [kind for _, kind in mails()] == ["invitation", "rappel"] * 2


async def test_more_contracts_than_are_held_at_once_are_all_written_about(town, homes):
    await ask_beside(await launch(town), homes[0], CHUNK)
    with dying_at_the_mail_to("bruno@example.fr"), pytest.raises(Unavailable):
        await write_letters(NOW)
    ((before,),) = run_sql("SELECT count(invited_at) FROM campaign_contract")

    written = await write_letters(NOW)

    assert before + written == CHUNK + 2
    assert run_sql("SELECT count(*) FROM campaign_contract WHERE invited_at IS NULL") == [(0,)]
    assert mails() == [("alice@example.fr", "invitation"), ("bruno@example.fr", "invitation")]


async def test_two_workers_at_once_share_the_contracts_and_write_to_each_once(town, homes):
    campaign = await launch(town)
    async with transaction(Viewer.system()) as session:
        held = await session.get_one(CampaignContract, (campaign.id, homes[0].contract.id), with_for_update=True)

        assert await write_letters(NOW) == 1
        assert held.invited_at is None
    assert await write_letters(NOW) == 1

    assert mails() == [("alice@example.fr", "invitation"), ("bruno@example.fr", "invitation")]


async def test_launching_has_the_worker_write_at_once(town, homes):
    today = datetime.now(UTC).astimezone(PARIS).date()
    await launch(town, opens_on=today, closes_on=today + timedelta(days=20), remind_on=None)

    await work(wait=False)

    assert [recipient for recipient, _ in mails()] == ["alice@example.fr", "bruno@example.fr"]
    assert run_sql("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", campaigns.TASK) == [(0,)]


@pytest.mark.parametrize(("hour", "writes"), [("06:50", False), ("07:00", True), ("20:50", True), ("21:00", False)])
def test_letters_leave_by_day(hour, writes):
    (periodic,) = [
        one for (name, _), one in campaigns.app.periodic_registry.periodic_tasks.items() if name == campaigns.TASK
    ]

    assert croniter.match(periodic.cron, datetime.fromisoformat(f"2026-11-22T{hour}")) is writes


def jobs_of_mails() -> int:
    return run_sql("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mails.send'")[0][0]


async def ask_beside(campaign, home, count: int) -> None:
    """So many contracts more, of nobody who has an address, between Alice's and Bruno's."""
    rows = text("""
        WITH signed AS (
            INSERT INTO contract (utility_id, delivery_point_id, number, service, tariff_code, billed_every_months,
                started_on)
            SELECT utility_id, delivery_point_id, number || '-' || place, service, tariff_code, 6, started_on
            FROM contract, generate_series(1, :count) AS place WHERE contract.id = :contract RETURNING id
        )
        INSERT INTO campaign_contract (campaign_id, contract_id) SELECT :campaign, id FROM signed
    """)
    async with transaction(Viewer.system()) as session:
        await execute_sql(session, rows, count=count, contract=home.contract.id, campaign=campaign.id)
