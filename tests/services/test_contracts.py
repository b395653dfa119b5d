"""Who follows which contract, and during which time of it."""

from datetime import date

import pytest

from models import ContractParty, Meter, PartyRole
from portail_app.errors import NotFound
from portail_app.reading import reader_of
from portail_app.services.contract_list import list_contracts
from portail_app.services.contracts import find_tenure, find_tenure_within, list_tenures
from portail_app.services.meter_history import find_history
from portail_app.viewer import Viewer
from tests.factories import TODAY, save
from tests.supplies import create_supply, read


async def test_a_subscriber_never_sees_a_neighbours_contract(session, alice, bruno):
    his = await create_supply(session, bruno)

    assert await list_tenures(await reader_of(session), alice) == []
    with pytest.raises(NotFound):
        await find_tenure_within(session, alice, his.contract.number)


async def test_a_missing_contract_and_a_neighbours_are_the_same_refusal(session, alice, bruno):
    his = await create_supply(session, bruno)
    refusals = []
    for number in (his.contract.number, "C999999", "", "'; --"):
        with pytest.raises(NotFound) as refused:
            await find_tenure_within(session, alice, number)
        refusals.append(refused.value.sentence)

    assert set(refusals) == {"Contrat introuvable."}


@pytest.mark.parametrize("role", [PartyRole.PAYER, PartyRole.OCCUPANT])
async def test_payers_and_occupants_follow_their_contract(session, alice, role):
    hers = await create_supply(session, alice, role=role)

    assert (await find_tenure_within(session, alice, hers.contract.number)).contract.id == hers.contract.id


async def test_an_owner_who_is_neither_does_not_follow_the_tenants_days(session, alice, bruno):
    rented = await create_supply(session, bruno)
    (landlady,) = alice.subscriber_ids
    await save(session, ContractParty(contract_id=rented.contract.id, subscriber_id=landlady, role=PartyRole.OWNER))

    with pytest.raises(NotFound):
        await find_tenure_within(session, alice, rented.contract.number)


async def test_staff_find_the_contracts_of_their_utility_and_nobody_finds_any(session, alice, chloe):
    hers = await create_supply(session, alice)

    assert (await find_tenure_within(session, chloe, hers.contract.number)).contract.id == hers.contract.id
    with pytest.raises(NotFound):
        await find_tenure_within(session, Viewer.nobody(), hers.contract.number)


async def test_a_contract_is_read_with_its_point_and_its_dates(session, alice):
    hers = await create_supply(session, alice, ended_on=date(2026, 6, 30), service="Eau et assainissement")

    tenure = await find_tenure(await reader_of(session), alice, hers.contract.number)

    assert (tenure.contract.service, tenure.point.number) == ("Eau et assainissement", hers.point.number)
    assert (tenure.since, tenure.until) == (date(2022, 1, 1), date(2026, 6, 30))


async def test_a_party_sees_only_their_own_time(session, alice):
    hers = await create_supply(session, alice, since=date(2024, 7, 1), until=date(2025, 12, 31))
    await read(session, hers.meter)
    reader = await reader_of(session)

    told = await find_history(reader, await find_tenure(reader, alice, hers.contract.number))

    assert [str(reading.read_on) for reading in told.readings] == [
        *("2025-12-31", "2025-06-30", "2024-12-31", "2024-06-30"),
    ]
    assert len(told.history.periods) == 3


async def test_somebody_who_is_payer_and_occupant_sees_the_longer_of_both_times(session, alice):
    hers = await create_supply(session, alice, until=date(2023, 12, 31))
    (alice_id,) = alice.subscriber_ids
    party = ContractParty(contract_id=hers.contract.id, subscriber_id=alice_id, role=PartyRole.OCCUPANT)
    await save(session, party)

    tenure = await find_tenure(await reader_of(session), alice, hers.contract.number)

    assert (tenure.since, tenure.until) == (date(2022, 1, 1), None)


async def test_a_newcomer_sees_nothing_of_who_lived_there_but_the_index_they_left(session, alice):
    hers = await create_supply(session, alice, started_on=date(2026, 1, 1))
    await read(session, hers.meter)
    reader = await reader_of(session)

    told = await find_history(reader, await find_tenure(reader, alice, hers.contract.number))

    assert [reading.index_litres for reading in told.readings] == [461_000, 399_000]


async def test_a_replaced_meter_is_told_beside_the_new_one_and_one_of_before_is_not(session, alice):
    hers = await create_supply(session, alice, meter={"removed_on": date(2024, 3, 1), "removed_index_litres": 180_000})
    where = {"utility_id": hers.point.utility_id, "delivery_point_id": hers.point.id}
    await save(session, Meter(serial="NEW", installed_on=date(2024, 3, 1), **where))
    await save(session, Meter(serial="OLD", installed_on=date(2009, 1, 1), removed_on=date(2021, 3, 1), **where))
    reader = await reader_of(session)

    told = await find_history(reader, await find_tenure(reader, alice, hers.contract.number))

    assert [meter.serial for meter in told.meters] == ["NEW", hers.meter.serial]
    assert told.meter.serial == "NEW"


async def test_the_list_shows_the_last_consumption_and_says_where_there_is_none(session, alice):
    house = await create_supply(session, alice)
    await read(session, house.meter)
    flat = await create_supply(session, alice, started_on=date(2026, 11, 1))
    left = await create_supply(session, alice, ended_on=date(2023, 12, 31))

    rows = {row.number: row for row in await list_contracts(await reader_of(session), alice, TODAY)}

    known = rows[house.contract.number]
    assert (known.last_litres, known.last_days, known.known_on) == (62_000, 181, date(2026, 6, 30))
    assert (known.serial, known.address, known.is_open) == (house.meter.serial, "12 rue du Moulin", True)
    assert rows[flat.contract.number].last_litres is None
    assert [row.is_open for row in rows.values()] == [True, True, False]
    assert list(rows)[-1] == left.contract.number
