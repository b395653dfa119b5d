"""Which readings the rule judges, at the edges: the first day of a contract, its last, and the day of the bill."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import Meter, ReadingKind
from portail_app.reading import reader_of
from portail_app.services.leaks.candidates import list_candidates, remember
from tests.dwellings import create_dwelling, read_at
from tests.factories import TODAY, save

READ_ON = date(2026, 9, 30)
DAY = timedelta(days=1)


async def candidates(session, today: date = TODAY) -> list[tuple[int, date]]:
    found = await list_candidates(await reader_of(session), today, after=0, limit=10)
    return [(one.contract_id, one.read_on) for one in found]


@pytest.mark.parametrize(
    ("contract", "is_judged"),
    [
        ({"started_on": READ_ON}, True),
        ({"started_on": READ_ON + DAY}, False),
        ({"ended_on": READ_ON}, True),
        ({"ended_on": READ_ON - DAY}, False),
        ({"service": "EAUX"}, True),
        ({"service": "Location de bureaux"}, False),
        ({"service": "Assainissement"}, False),
    ],
)
async def test_a_reading_is_of_the_contract_of_that_day_and_of_water(session, cast, contract, is_judged):
    home = await create_dwelling(session, cast.utility, **contract)
    await read_at(session, home, READ_ON.isoformat(), 100)

    assert await candidates(session) == [(home.contract.id, READ_ON)] * is_judged


@pytest.mark.parametrize(("days", "is_judged"), [(-1, False), (0, True), (120, True), (121, False)])
async def test_a_reading_is_judged_from_its_day_on_for_120_days(session, cast, days, is_judged):
    await read_at(session, await create_dwelling(session, cast.utility), READ_ON.isoformat(), 100)

    assert len(await candidates(session, READ_ON + days * DAY)) == is_judged


async def test_the_last_true_reading_is_the_one_whatever_was_estimated_after_it(session, cast):
    home = await create_dwelling(session, cast.utility)
    await read_at(session, home, "2026-07-31", 90)
    await read_at(session, home, READ_ON.isoformat(), 100, ReadingKind.SENT)
    await read_at(session, home, "2026-10-31", 300, ReadingKind.ESTIMATED)

    assert await candidates(session) == [(home.contract.id, READ_ON)]


async def test_of_two_meters_the_last_that_was_read_brings_the_contract_once(session, cast):
    home = await create_dwelling(session, cast.utility)
    where = {"utility_id": cast.utility.id, "delivery_point_id": home.point.id, "installed_on": date(2020, 1, 1)}
    garden = await save(session, Meter(serial="JARDIN", **where))
    await read_at(session, home, READ_ON.isoformat(), 100)
    await read_at(session, replace(home, meter=garden), "2026-10-15", 10)

    assert await candidates(session) == [(home.contract.id, date(2026, 10, 15))]


async def test_what_was_judged_comes_back_where_its_day_or_its_index_changes(session, cast):
    home = await create_dwelling(session, cast.utility)
    reading = await read_at(session, home, READ_ON.isoformat(), 100)
    reader = await reader_of(session)

    async def judge() -> int:
        found = await list_candidates(reader, TODAY, after=0, limit=10)
        await remember(reader, found)
        return len(found)

    assert [await judge(), await judge()] == [1, 0]
    reading.index_litres += 1
    await session.flush()
    assert [await judge(), await judge()] == [1, 0]
    reading.read_on += DAY
    await session.flush()
    assert [await judge(), await judge()] == [1, 0]
