"""Which contracts a campaign asks, at the edges: the first and the last day, the words of a service, two meters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import Meter, ReadingKind
from portail_app.services.campaigns import count_contracts
from tests.dwellings import create_dwelling, read_at
from tests.factories import TODAY, create_utility, save
from tests.services.test_campaigns import asked, draft, launch

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("time", "is_asked"),
    [
        ({"started_on": TODAY}, True),
        ({"started_on": TOMORROW}, False),
        ({"ended_on": TODAY}, True),
        ({"ended_on": TOMORROW}, True),
        ({"ended_on": YESTERDAY}, False),
    ],
)
async def test_a_contract_is_asked_from_its_first_day_to_its_last(session, cast, alice, chloe, time, is_asked):
    await create_dwelling(session, cast.utility, alice)
    other = await create_dwelling(session, cast.utility, alice, **time)

    assert (other.contract.id in await asked(session, await launch(session, chloe, cast))) is is_asked


@pytest.mark.parametrize(
    ("service", "is_asked"),
    [
        ("EAU POTABLE", True),
        ("Assainissement et eau", True),
        ("Eaux", True),
        ("Location de bureaux", False),
        ("Niveau 2", False),
        ("Assainissement", False),
    ],
)
async def test_a_service_is_of_water_by_its_words(session, cast, alice, chloe, service, is_asked):
    await create_dwelling(session, cast.utility, alice)
    other = await create_dwelling(session, cast.utility, alice, service=service)

    assert (other.contract.id in await asked(session, await launch(session, chloe, cast))) is is_asked


async def test_the_neighbouring_utilitys_subscribers_are_never_asked(session, cast, alice, chloe):
    hers = await create_dwelling(session, cast.utility, alice)
    await create_dwelling(session, await create_utility(session), alice)

    assert await count_contracts(session, chloe, draft(cast), TODAY) == 1
    assert await asked(session, await launch(session, chloe, cast)) == {hers.contract.id}


async def test_a_contract_with_two_meters_is_asked_once_where_one_of_them_must_be_read(session, cast, alice, chloe):
    home = await create_dwelling(session, cast.utility, alice)
    home.meter.is_telemetered = True
    where = {"utility_id": cast.utility.id, "delivery_point_id": home.point.id, "installed_on": date(2020, 1, 1)}
    for serial in ("JARDIN", "GRANGE"):
        await save(session, Meter(serial=serial, **where))

    assert await count_contracts(session, chloe, draft(cast), TODAY) == 1
    assert await asked(session, await launch(session, chloe, cast)) == {home.contract.id}


@pytest.mark.parametrize(("read_on", "is_asked"), [("2026-05-31", True), ("2026-06-01", False), ("2026-06-02", False)])
async def test_who_was_read_on_the_day_itself_is_not_without_a_reading_since(
    session, cast, alice, chloe, read_on, is_asked
):
    read = await create_dwelling(session, cast.utility, alice)
    await create_dwelling(session, cast.utility, alice)
    await read_at(session, read, read_on, 100)

    found = await asked(session, await launch(session, chloe, cast, unread_since=date(2026, 6, 1)))

    assert (read.contract.id in found) is is_asked


async def test_a_reading_of_the_meter_that_was_replaced_does_not_spare_the_new_one(session, cast, alice, chloe):
    """The old one was read as it was taken away; nobody has read the new one yet."""
    home = await create_dwelling(session, cast.utility, alice)
    await read_at(session, home, "2026-06-10", 100)
    home.meter.removed_on, home.meter.removed_index_litres = date(2026, 6, 10), 100_000
    where = {"utility_id": cast.utility.id, "delivery_point_id": home.point.id}
    newer = await save(session, Meter(serial="NEUF", installed_on=date(2026, 6, 10), **where))
    since = {"unread_since": date(2026, 6, 1)}

    assert await count_contracts(session, chloe, draft(cast, **since), TODAY) == 1
    await read_at(session, replace(home, meter=newer), "2026-06-30", 4, ReadingKind.SENT)
    await create_dwelling(session, cast.utility, alice)
    assert home.contract.id not in await asked(session, await launch(session, chloe, cast, **since))


async def test_place_and_reading_are_asked_for_together_and_blanks_are_everywhere(session, cast, alice, chloe):
    here, there, far = [await create_dwelling(session, cast.utility, alice, area=area) for area in ("A", "B", "A")]
    far.point.city = "Les Aulnes"
    await session.flush()

    async def found(**values):
        return await asked(session, await launch(session, chloe, cast, **values))

    assert await found(city="CLERMONT-SUR-LYS", area="a") == {here.contract.id}
    assert len(await found(city="  ", area="\t")) == 3
    assert there.contract.id in await found(city="Clermont-sur-Lys ")
