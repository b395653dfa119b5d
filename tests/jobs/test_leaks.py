"""Leaks are looked for by a job: whoever leaks is told once, however often it runs, and whenever it died."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import text

from portail_app.database import database_url, execute_sql, transaction
from portail_app.errors import Unavailable
from portail_app.formats import PARIS
from portail_app.jobs.leaks import TASK, detect_all, look_for_leaks
from portail_app.jobs.worker import work
from portail_app.services.leaks.detection import CHUNK
from portail_app.services.leaks.watches import WatchDraft, keep_watch
from portail_app.viewer import Viewer
from tests.dwellings import Dwelling, count_days, create_dwelling, read_at, read_half_years
from tests.factories import NOW
from tests.jobs.cut_short import dying_at_the_mail_to
from tests.jobs.outbox import run_sql
from tests.services.leaks.test_detection import USUAL

FLOWING = (2_000, 70)


@pytest.fixture
async def leaks(town) -> list[Dwelling]:
    """At Alice's and at Bruno's, three times what is usual."""
    async with transaction(Viewer.system()) as session:
        homes = [await create_dwelling(session, town.utility, who.viewer) for who in (town.alice, town.bruno)]
        for home in homes:
            await read_half_years(session, home, *USUAL, 180)
    return homes


def told() -> list[str]:
    return [recipient for (recipient,) in run_sql("SELECT recipient FROM mail ORDER BY recipient, id")]


def alerts() -> list[tuple[str, date, int]]:
    return run_sql("SELECT kind, period_start, litres FROM leak_alert ORDER BY contract_id, kind, period_start")


async def count_at(home: Dwelling, first: str, *litres: tuple[int, int]) -> None:
    async with transaction(Viewer.system()) as session:
        home.meter.is_telemetered = True
        session.add(home.meter)
        await count_days(session, home, first, *litres)


async def test_whoever_leaks_is_told_once_however_often_it_runs(leaks):
    assert [await detect_all(NOW + timedelta(minutes=quarter)) for quarter in (0, 15, 30)] == [2, 0, 0]

    assert told() == ["alice@example.fr", "bruno@example.fr"]
    assert alerts() == [("volume_anormal", date(2026, 4, 1), 180_000)] * 2


async def test_readings_and_telemetry_are_both_looked_at(leaks):
    await count_at(leaks[0], "2026-11-21", FLOWING)

    assert await detect_all(NOW) == 3
    assert [kind for kind, *_ in alerts()] == ["debit_continu", "volume_anormal", "volume_anormal"]
    assert told() == ["alice@example.fr", "alice@example.fr", "bruno@example.fr"]


async def test_a_job_that_dies_between_two_mails_has_told_nobody_and_tells_each_once_when_it_is_run_again(leaks):
    with dying_at_the_mail_to("bruno@example.fr"):
        with pytest.raises(Unavailable):
            await detect_all(NOW)
        assert (alerts(), told()) == ([], [])
        assert run_sql("SELECT count(*) FROM leak_check") == [(0,)]

    assert await detect_all(NOW) == 2
    assert await detect_all(NOW) == 0

    assert told() == ["alice@example.fr", "bruno@example.fr"]
    assert run_sql("SELECT count(*), min(mailed_to) FROM leak_alert") == [(2, 1)]


async def test_what_readings_told_is_kept_where_telemetry_dies_and_is_not_told_again(town, leaks):
    await count_at(leaks[1], "2026-11-21", FLOWING)
    assert await detect_all(NOW) == 3
    await count_at(leaks[1], "2026-11-22", (0, 0))
    await count_at(leaks[1], "2026-11-23", FLOWING)
    async with transaction(Viewer.system()) as session:
        await read_at(session, leaks[0], "2026-11-23", sum(USUAL) + 180 + 190)
    tomorrow = NOW + timedelta(days=1)

    with dying_at_the_mail_to("bruno@example.fr"), pytest.raises(Unavailable):
        await detect_all(tomorrow)
    assert told().count("alice@example.fr") == 2

    assert await detect_all(tomorrow) == 1
    assert (told().count("alice@example.fr"), told().count("bruno@example.fr")) == (2, 3)


async def test_an_episode_that_goes_on_from_night_to_night_is_told_the_first_night_alone(leaks):
    for night in range(3):
        day = date(2026, 11, 20) + timedelta(days=night)
        await count_at(leaks[0], day.isoformat(), FLOWING)
        await detect_all(NOW + timedelta(days=night - 2))

    assert ("debit_continu", date(2026, 11, 20), 6_000) in alerts()
    assert told().count("alice@example.fr") == 2


async def test_a_contract_that_nothing_new_was_read_of_is_looked_at_no_more(leaks):
    await detect_all(NOW)
    async with transaction(Viewer.system()) as session:
        await read_at(session, leaks[1], "2026-11-20", sum(USUAL) + 180 + 5)

    assert await detect_all(NOW) == 1


async def test_an_alert_is_as_it_was_told_though_the_reading_is_corrected_afterwards(leaks):
    await detect_all(NOW)
    run_sql("UPDATE reading SET index_litres = index_litres + 5000 WHERE read_on = '2026-09-30'")

    assert await detect_all(NOW) == 2
    assert {litres for *_, litres in alerts()} == {180_000}
    assert told() == ["alice@example.fr", "bruno@example.fr"]


async def test_the_means_of_an_area_are_those_of_this_run_and_not_of_the_last(town):
    """A newcomer without history is compared with the neighbours that are known when the job runs."""
    async with transaction(Viewer.system()) as session:
        newcomer = await create_dwelling(session, town.utility, town.alice.viewer, started_on=date(2026, 4, 1))
        newcomer.meter.installed_on = date(2026, 4, 1)
        await read_at(session, newcomer, "2026-09-30", 130)
    assert await detect_all(NOW) == 1
    assert alerts() == []
    async with transaction(Viewer.system()) as session:
        for _ in range(5):
            await read_half_years(session, await create_dwelling(session, town.utility), *[60] * 8)
        await read_at(session, newcomer, "2026-10-01", 131)

    await detect_all(NOW)

    assert [litres for *_, litres in alerts()] == [131_000]


async def test_an_import_has_the_worker_look_once_it_has_committed(leaks):
    with psycopg.connect(database_url(), autocommit=True) as connection:
        look_for_leaks(connection)
    today = datetime.now(UTC).astimezone(PARIS).date()
    await count_at(leaks[0], (today - timedelta(days=1)).isoformat(), FLOWING)

    await work(wait=False)

    assert ("debit_continu", today - timedelta(days=1), 2_000) in alerts()
    asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND args = '{}'"  # not those of each quarter
    assert run_sql(asked, TASK) == [(0,)]


async def test_who_asks_for_warnings_is_warned_by_the_next_run(town, leaks):
    await count_at(leaks[0], "2026-11-21", (900, 0))
    draft = WatchDraft(warns_of_flow=True, most_litres_a_day=500, away_from=None, away_until=None)
    async with transaction(town.alice.viewer) as session:
        await keep_watch(session, town.alice.viewer, leaks[0].contract.number, draft, NOW)

    await detect_all(NOW)

    assert ("seuil_depasse", date(2026, 11, 21), 900) in alerts()


async def test_two_runs_at_once_tell_of_a_leak_once(town, leaks):
    """The second run waits for the row that the first has written, and then finds that it is told."""
    await asyncio.gather(detect_all(NOW), detect_all(NOW))

    assert told() == ["alice@example.fr", "bruno@example.fr"]
    assert len(alerts()) == 2


async def test_more_contracts_than_are_looked_at_at_once_are_all_looked_at(town):
    async with transaction(Viewer.system()) as session:
        quiet = await create_dwelling(session, town.utility)
        await read_half_years(session, quiet, *USUAL, 60)
        await execute_sql(session, BESIDE, count=CHUNK, contract=quiet.contract.id)
        await read_half_years(session, await create_dwelling(session, town.utility, town.alice.viewer), *USUAL, 180)

    assert [await detect_all(NOW), await detect_all(NOW)] == [CHUNK + 2, 0]
    assert told() == ["alice@example.fr"]


BESIDE = text("""
    INSERT INTO contract (utility_id, delivery_point_id, number, service, tariff_code, billed_every_months, started_on)
    SELECT utility_id, delivery_point_id, number || '-' || place, service, tariff_code, 6, started_on
    FROM contract, generate_series(1, :count) AS place WHERE contract.id = :contract
""")
