"""The meters and readings of a contract, in the days that are one's own: the eve, the first day, the last, the next."""

from datetime import date

import pytest

from models import Contract, ContractParty, Meter
from portail_app.reading import reader_of
from portail_app.services.contracts import find_tenure, list_tenures
from portail_app.services.meter_history import MeterHistory, find_history, list_histories
from tests.factories import save
from tests.supplies import create_supply, read

MOVED_OUT, MOVED_IN = date(2025, 6, 30), date(2025, 7, 1)
AROUND = [("2025-06-29", 99), ("2025-06-30", 100), ("2025-07-01", 101), ("2025-07-02", 102)]


async def told(session, viewer, number: str) -> MeterHistory:
    reader = await reader_of(session)
    return await find_history(reader, await find_tenure(reader, viewer, number))


def days(history: MeterHistory) -> list[str]:
    return [reading.read_on.isoformat() for reading in history.readings]


async def test_the_index_of_the_day_of_leaving_is_read_by_both_and_the_others_by_one(session, alice, bruno):
    hers = await create_supply(session, alice, ended_on=MOVED_OUT)
    await read(session, hers.meter, *AROUND)
    place = {"utility_id": hers.point.utility_id, "delivery_point_id": hers.point.id}
    his = await save(session, Contract(number="SUIVANT", started_on=MOVED_IN, **place))
    (bruno_id,) = bruno.subscriber_ids
    await save(session, ContractParty(contract_id=his.id, subscriber_id=bruno_id))

    before, after = await told(session, alice, hers.contract.number), await told(session, bruno, "SUIVANT")

    assert days(before) == ["2025-06-30", "2025-06-29"]
    assert days(after) == ["2025-07-02", "2025-07-01", "2025-06-30"]
    assert (before.known_on, after.known_on) == (MOVED_OUT, date(2025, 7, 2))
    assert [period.litres for period in after.history.periods] == [1_000, 1_000]


@pytest.mark.parametrize(
    ("installed_on", "removed_on", "is_told"),
    [
        (date(2010, 1, 1), date(2025, 6, 29), False),
        (date(2010, 1, 1), date(2025, 6, 30), True),
        (date(2025, 12, 31), None, True),
        (date(2026, 1, 1), None, False),
    ],
)
async def test_a_meter_is_told_of_where_it_was_there_in_ones_time(session, alice, installed_on, removed_on, is_told):
    supply = await create_supply(session, alice, started_on=MOVED_IN, ended_on=date(2025, 12, 31))
    life = {"installed_on": installed_on, "removed_on": removed_on}
    where = {"utility_id": supply.point.utility_id, "delivery_point_id": supply.point.id}
    await save(session, Meter(serial="AUTRE", **life, **where))

    found = await told(session, alice, supply.contract.number)

    assert ("AUTRE" in [meter.serial for meter in found.meters]) is is_told


async def test_two_contracts_are_told_each_with_its_own_meter(session, alice):
    house, garden = await create_supply(session, alice), await create_supply(session, alice)
    await read(session, house.meter, ("2026-06-30", 461), ("2025-12-31", 399))
    await read(session, garden.meter, ("2026-05-31", 12))
    reader = await reader_of(session)
    tenures = await list_tenures(reader, alice)

    histories = dict(zip([one.contract.number for one in tenures], await list_histories(reader, tenures), strict=True))

    assert days(histories[house.contract.number]) == ["2026-06-30", "2025-12-31"]
    assert days(histories[garden.contract.number]) == ["2026-05-31"]
    assert histories[garden.contract.number].meter.serial == garden.meter.serial


async def test_what_is_recent_begins_on_the_day_that_is_asked_for(session, alice):
    supply = await create_supply(session, alice)
    await read(session, supply.meter, ("2025-06-29", 1), ("2025-06-30", 2), ("2025-07-01", 3))
    reader = await reader_of(session)

    (found,) = await list_histories(reader, await list_tenures(reader, alice), since=MOVED_OUT)

    assert days(found) == ["2025-07-01", "2025-06-30"]


async def test_a_point_without_a_meter_has_a_history_of_nothing(session, alice):
    supply = await create_supply(session, alice)
    await session.delete(supply.meter)
    await session.flush()

    found = await told(session, alice, supply.contract.number)

    assert (found.meter, found.known_on, found.is_telemetered, found.history.periods) == (None, None, False, ())


async def test_one_telemetered_meter_of_two_is_enough_to_follow_days(session, alice):
    supply = await create_supply(session, alice)
    where = {"utility_id": supply.point.utility_id, "delivery_point_id": supply.point.id}
    assert not (await told(session, alice, supply.contract.number)).is_telemetered
    await save(session, Meter(serial="NEUF", installed_on=date(2026, 1, 1), is_telemetered=True, **where))

    found = await told(session, alice, supply.contract.number)

    assert (found.is_telemetered, found.meter.serial) == (True, "NEUF")
