"""All of one's consumption as data: nothing left out, nothing of who was there before, and an agent's own home."""

from dataclasses import replace
from datetime import date

import pytest

from models import Meter, StaffRank
from portail_app.errors import NotFound
from portail_app.reading import reader_of
from portail_app.services.consumption_charts import View
from portail_app.services.consumption_files import compose_consumption
from tests.factories import create_utility, save
from tests.supplies import count_days, create_supply, read

TELEMETERED = {"is_telemetered": True}


async def compose(session, viewer, supply, view: View = View.DAYS):
    return await compose_consumption(await reader_of(session), viewer, supply.contract.number, view)


async def test_every_period_is_there_and_not_only_the_twelve_of_the_graph(session, alice):
    supply = await create_supply(session, alice, started_on=date(2022, 1, 1))
    months = [(f"{year}-{month:02}-01", year * 12 + month) for year in (2024, 2025) for month in range(1, 13)]
    await read(session, supply.meter, *months)

    file = await compose(session, alice, supply, View.PERIODS)

    assert len(file.bars) == 23
    assert {bar.litres for bar in file.bars} == {1_000}
    assert (file.known_on, file.point, file.contract.number) == (
        date(2025, 12, 1),
        supply.point.number,
        supply.contract.number,
    )


async def test_days_are_in_their_order_and_of_ones_own_time(session, alice):
    supply = await create_supply(session, alice, meter=TELEMETERED, since=date(2026, 10, 2), until=date(2026, 10, 4))
    await count_days(session, supply.meter, date(2026, 10, 4), date(2026, 10, 6))
    await count_days(session, supply.meter, date(2026, 9, 30), date(2026, 10, 3))

    file = await compose(session, alice, supply)

    assert [(bar.start, bar.days, bar.litres) for bar in file.bars] == [
        (date(2026, 10, day), 1, 300) for day in (2, 3, 4)
    ]
    assert file.known_on == date(2026, 10, 4)


async def test_two_meters_of_a_home_are_counted_together(session, alice):
    supply = await create_supply(session, alice, meter=TELEMETERED)
    where = {"utility_id": supply.point.utility_id, "delivery_point_id": supply.point.id}
    garden = await save(session, Meter(serial="JARDIN", installed_on=date(2025, 1, 1), is_telemetered=True, **where))
    await count_days(session, supply.meter, date(2025, 12, 31), date(2026, 1, 2))
    await count_days(session, garden, date(2026, 1, 1), date(2026, 1, 2), litres=50)

    assert [bar.litres for bar in (await compose(session, alice, supply)).bars] == [300, 350, 350]
    years = (await compose(session, alice, supply, View.YEARS)).bars
    assert [(bar.start.year, bar.days, bar.litres) for bar in years] == [(2025, 1, 300), (2026, 2, 700)]


async def test_an_agent_reads_their_own_home_in_another_town(session, alice):
    """Alice also works for another utility."""
    supply = await create_supply(session, alice)
    await read(session, supply.meter)
    elsewhere = await create_utility(session)
    agent = replace(alice, ranks={elsewhere.id: StaffRank.AGENT})

    assert len((await compose(session, agent, supply, View.PERIODS)).bars) == 6


async def test_an_agent_of_elsewhere_reads_nobody_elses(session, alice, bruno):
    supply = await create_supply(session, alice)
    agent = replace(bruno, ranks={(await create_utility(session)).id: StaffRank.AGENT})

    with pytest.raises(NotFound):
        await compose(session, agent, supply)
