"""The list of contracts and the home page's last consumptions: what is open, in which order, and how many."""

from datetime import date, timedelta

import pytest

from models import Contract, ContractParty
from portail_app.reading import reader_of
from portail_app.services.contract_list import MOST_AT_HOME, list_contracts, list_last_consumptions
from portail_app.viewer import Viewer
from tests.factories import TODAY, save
from tests.supplies import create_supply, read

YESTERDAY = TODAY - timedelta(days=1)


async def listed(session, viewer) -> list[str]:
    return [row.number for row in await list_contracts(await reader_of(session), viewer, TODAY)]


async def at_home(session, viewer) -> list[str]:
    return [row.number for row in await list_last_consumptions(await reader_of(session), viewer, TODAY)]


@pytest.mark.parametrize(
    ("time", "is_open"),
    [
        ({"ended_on": TODAY}, True),
        ({"ended_on": YESTERDAY}, False),
        ({"until": TODAY}, True),
        ({"until": YESTERDAY}, False),
        ({"started_on": TODAY}, True),
        ({"started_on": TODAY + timedelta(days=1)}, False),
    ],
)
async def test_a_contract_is_open_on_its_last_day_and_on_that_of_its_party(session, alice, time, is_open):
    supply = await create_supply(session, alice, **time)
    await read(session, supply.meter, ("2026-06-30", 461), ("2025-12-31", 399))

    (row,) = await list_contracts(await reader_of(session), alice, TODAY)

    assert row.is_open is is_open
    assert bool(await at_home(session, alice)) is (is_open and "started_on" not in time)


async def test_open_contracts_come_first_the_newest_first_and_of_one_day_by_their_number(session, alice):
    days = {"B": date(2024, 1, 1), "A": date(2024, 1, 1), "C": date(2025, 1, 1), "D": date(2026, 1, 1)}
    for number, day in days.items():
        ended = {"ended_on": YESTERDAY} if number == "D" else {}
        await create_supply(session, alice, number=number, started_on=day, **ended)

    assert await listed(session, alice) == ["C", "A", "B", "D"]


async def test_the_home_page_shows_three_of_those_that_have_a_consumption(session, alice):
    for n in range(MOST_AT_HOME + 1):
        supply = await create_supply(session, alice, number=f"C{n}")
        await read(session, supply.meter, ("2026-06-30", 461), ("2025-12-31", 399))
    await create_supply(session, alice, number="A, sans relève", started_on=date(2026, 11, 1))

    assert len(await listed(session, alice)) == MOST_AT_HOME + 2
    assert await at_home(session, alice) == ["C0", "C1", "C2"]


async def test_a_consumption_of_three_years_ago_is_still_the_last_one(session, alice):
    supply = await create_supply(session, alice, started_on=date(2022, 1, 1))
    await read(session, supply.meter, ("2023-11-22", 100), ("2024-05-22", 160))

    (row,) = await list_contracts(await reader_of(session), alice, TODAY)

    assert (row.last_litres, row.last_days, row.known_on) == (60_000, 182, date(2024, 5, 22))


async def test_a_contract_that_one_pays_and_lives_in_is_listed_once(session, alice):
    supply = await create_supply(session, alice)
    (subscriber_id,) = alice.subscriber_ids
    party = {"contract_id": supply.contract.id, "subscriber_id": subscriber_id, "role": "occupant"}
    await save(session, ContractParty(**party))

    assert await listed(session, alice) == [supply.contract.number]


async def test_a_party_is_never_shown_days_outside_the_contract(session, alice):
    """The billing software says since 2010; the contract itself is of 2022 to 2025."""
    long_ago, far = date(2010, 1, 1), date(2099, 1, 1)
    supply = await create_supply(session, alice, since=long_ago, until=far, ended_on=date(2025, 12, 31))
    await read(session, supply.meter, ("2021-12-30", 1), ("2021-12-31", 2), ("2025-12-31", 60), ("2026-01-01", 61))

    (row,) = await list_contracts(await reader_of(session), alice, TODAY)

    assert (row.is_open, row.known_on) == (False, date(2025, 12, 31))


async def test_nobody_and_who_has_no_contract_have_an_empty_list(session, alice, bruno):
    await create_supply(session, alice)

    for viewer in (bruno, Viewer.nobody()):
        assert await listed(session, viewer) == []


async def test_a_contract_that_nobody_is_party_to_is_listed_to_staff_alone(session, alice, chloe):
    supply = await create_supply(session, alice)
    values = {"utility_id": supply.point.utility_id, "delivery_point_id": supply.point.id, "started_on": TODAY}
    await save(session, Contract(number="VACANT", **values))

    assert await listed(session, alice) == [supply.contract.number]
    assert await listed(session, chloe) == ["VACANT", supply.contract.number]
