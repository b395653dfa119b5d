"""How far a campaign is: what counts as an answer, from its first day on, and whose campaigns are shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import Meter, ReadingKind
from portail_app.services.campaign_progress import list_campaigns
from tests.dwellings import create_dwelling, read_at
from tests.factories import TODAY, save
from tests.services.staff import damien_of_elsewhere
from tests.services.test_campaigns import launch, sent_for

YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(("read_on", "answered"), [(YESTERDAY, 0), (TODAY, 1)])
async def test_a_reading_counts_from_the_first_day_of_the_campaign_on(session, cast, alice, chloe, read_on, answered):
    read, sent = [await create_dwelling(session, cast.utility, alice) for _ in range(2)]
    await launch(session, chloe, cast)
    await read_at(session, read, read_on.isoformat(), 100)
    reading = sent_for(sent, alice)
    reading.read_on = read_on
    await save(session, reading)

    (progress,) = await list_campaigns(session, chloe)

    assert progress.answered == 2 * answered


async def test_an_estimate_is_no_answer_and_what_telemetry_said_is_one(session, cast, alice, chloe):
    estimated, told = [await create_dwelling(session, cast.utility, alice) for _ in range(2)]
    await launch(session, chloe, cast)
    await read_at(session, estimated, "2026-11-23", 100, ReadingKind.ESTIMATED)
    await read_at(session, told, "2026-11-23", 100, ReadingKind.TELEMETERED)

    (progress,) = await list_campaigns(session, chloe)

    assert (progress.asked, progress.answered) == (2, 1)


async def test_a_contract_that_answered_twice_has_answered_once(session, cast, alice, chloe):
    home = await create_dwelling(session, cast.utility, alice)
    where = {"utility_id": cast.utility.id, "delivery_point_id": home.point.id, "installed_on": date(2020, 1, 1)}
    garden = await save(session, Meter(serial="JARDIN", **where))
    await launch(session, chloe, cast)
    await save(session, sent_for(home, alice))
    for meter in (home.meter, garden):
        await read_at(session, replace(home, meter=meter), "2026-11-24", 100)

    (progress,) = await list_campaigns(session, chloe)

    assert (progress.asked, progress.answered) == (1, 1)


async def test_the_neighbours_answer_is_not_hers(session, cast, alice, bruno, chloe):
    hers, his = await create_dwelling(session, cast.utility, alice), await create_dwelling(session, cast.utility, bruno)
    hers.point.area = "Nord"
    await launch(session, chloe, cast, area="Nord")
    await save(session, sent_for(his, bruno))
    await read_at(session, his, "2026-11-24", 100)

    (progress,) = await list_campaigns(session, chloe)

    assert (progress.asked, progress.answered) == (1, 0)


async def test_staff_of_elsewhere_see_no_campaign_of_ours(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    assert await list_campaigns(session, await damien_of_elsewhere(session)) == []


async def test_two_campaigns_are_counted_apart(session, cast, alice, chloe):
    for area in ("Nord", "Nord", "Sud"):
        await create_dwelling(session, cast.utility, alice, area=area)
    await launch(session, chloe, cast, area="Nord")
    await launch(session, chloe, cast, area="Sud")

    assert [progress.asked for progress in await list_campaigns(session, chloe)] == [1, 2]
