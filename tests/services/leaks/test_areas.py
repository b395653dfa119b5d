"""What a dwelling of an area uses a day: which readings count, whose, and how often they are looked up."""

from dataclasses import replace
from datetime import date

import pytest

from models import Meter, ReadingKind
from portail_app.reading import reader_of
from portail_app.services.leaks.areas import LEAST_DWELLINGS, AreaMeans
from tests.dwellings import create_dwelling, read_at
from tests.factories import TODAY, create_utility, save


async def neighbours(session, utility, count: int = LEAST_DWELLINGS, **place) -> list:
    """A cubic metre a day each, for a hundred days."""
    homes = [await create_dwelling(session, utility, **{"area": "Nord", **place}) for _ in range(count)]
    for home in homes:
        await read_at(session, home, "2026-01-01", 0)
        await read_at(session, home, "2026-04-11", 100)
    return homes


async def mean_of(session, utility, area: str = "Nord", means: AreaMeans | None = None) -> float | None:
    means = means or AreaMeans()
    await means.learn(await reader_of(session), [(utility.id, area)], TODAY)
    return means.of((utility.id, area))


@pytest.mark.parametrize(("count", "mean"), [(LEAST_DWELLINGS - 1, None), (LEAST_DWELLINGS, 1000)])
async def test_of_fewer_than_five_dwellings_nothing_is_said(session, cast, count, mean):
    await neighbours(session, cast.utility, count)

    assert await mean_of(session, cast.utility) == mean


async def test_five_meters_of_one_dwelling_are_one_dwelling(session, cast):
    (home,) = await neighbours(session, cast.utility, 1)
    where = {"utility_id": cast.utility.id, "delivery_point_id": home.point.id, "installed_on": date(2020, 1, 1)}
    for place in range(LEAST_DWELLINGS):
        garden = await save(session, Meter(serial=f"JARDIN-{place}", **where))
        await read_at(session, replace(home, meter=garden), "2026-01-01", 0)
        await read_at(session, replace(home, meter=garden), "2026-04-11", 10)

    assert await mean_of(session, cast.utility) is None


async def test_shops_other_areas_and_other_utilities_are_not_neighbours(session, cast):
    await neighbours(session, cast.utility, LEAST_DWELLINGS - 1)
    for utility, place in ((cast.utility, {"is_dwelling": False}), (cast.utility, {"area": "Sud"})):
        await neighbours(session, utility, **place)
    await neighbours(session, await create_utility(session))

    assert await mean_of(session, cast.utility) is None
    assert await mean_of(session, cast.utility, "Sud") == 1000


@pytest.mark.parametrize(
    ("readings", "mean"),
    [
        ([("2026-07-20", 500, ReadingKind.ESTIMATED)], 1000),
        ([("2026-07-20", 90, ReadingKind.READ)], 1000),
        ([("2026-07-20", 100, ReadingKind.TELEMETERED)], 500),
        ([("2023-11-21", 900, ReadingKind.READ)], 1000),
    ],
    ids=["an estimate", "an index that went backwards", "nothing for a hundred days", "older than three years"],
)
async def test_only_what_truly_flowed_in_the_last_three_years_counts(session, cast, readings, mean):
    for home in await neighbours(session, cast.utility):
        for reading in readings:
            await read_at(session, home, *reading)

    assert await mean_of(session, cast.utility) == mean


async def test_an_area_is_looked_up_once_even_where_nothing_is_known_of_it(session, cast):
    means = AreaMeans()
    assert await mean_of(session, cast.utility, means=means) is None
    await neighbours(session, cast.utility)

    assert await mean_of(session, cast.utility, means=means) is None
    assert await mean_of(session, cast.utility) == 1000
    assert means.of((cast.utility.id, "jamais demandé")) is None
