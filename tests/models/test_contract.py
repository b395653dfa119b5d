"""A contract is open from its first day to its last; a subscriber has each part in it once."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from models import Contract, ContractParty, PartyRole
from tests.dwellings import create_dwelling
from tests.factories import create_utility, save

FIRST, LAST = date(2024, 2, 29), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2024, 2, 28), False),
        (FIRST, True),
        (LAST, True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_contract_is_open_on_its_first_day_and_on_its_last(day, is_open):
    assert Contract(started_on=FIRST, ended_on=LAST).is_open_on(day) is is_open


@pytest.mark.parametrize(("day", "is_open"), [(FIRST, True), (date.max, True), (date.min, False)])
def test_a_contract_without_an_end_is_open_for_ever(day, is_open):
    assert Contract(started_on=FIRST).is_open_on(day) is is_open


def test_a_contract_of_one_day_is_open_that_day_alone():
    contract = Contract(started_on=LAST, ended_on=LAST)

    assert [contract.is_open_on(day) for day in (date(2026, 6, 29), LAST, date(2026, 7, 1))] == [False, True, False]


async def test_a_subscriber_pays_once_and_may_live_there_too(session, cast, alice):
    home = await create_dwelling(session, cast.utility, alice)
    (subscriber_id,) = alice.subscriber_ids
    party = {"contract_id": home.contract.id, "subscriber_id": subscriber_id}
    await save(session, ContractParty(role=PartyRole.OCCUPANT, **party))

    with pytest.raises(IntegrityError, match="uq_contract_party_contract_id_subscriber_id_role"):
        await save(session, ContractParty(role=PartyRole.PAYER, since=LAST, **party))


async def test_a_number_is_of_one_contract_in_a_utility_and_may_be_anothers_elsewhere(session, cast):
    await create_dwelling(session, cast.utility, number="C1")
    await create_dwelling(session, await create_utility(session), number="C1")

    with pytest.raises(IntegrityError, match="uq_contract_utility_id_number"):
        await create_dwelling(session, cast.utility, number="C1")
