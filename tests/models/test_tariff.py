"""A line of a tariff keeps its price to the hundredth of a millime, and its place in a version is its own."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from models import TariffBasis
from tests.factories import create_utility, save
from tests.services.test_costs import rate


@pytest.mark.parametrize("price", ["0.00001", "1.24500", "9999999.99999", "0"])
async def test_a_price_comes_back_as_it_was_said(session, cast, price):
    line = await save(session, rate(price, utility_id=cast.utility.id))
    await session.refresh(line)

    assert line.unit_price == Decimal(price)


@pytest.mark.parametrize("basis", [None, *TariffBasis])
async def test_what_a_line_is_a_price_of_may_be_told_or_not(session, cast, basis):
    line = await save(session, rate("1", utility_id=cast.utility.id, basis=basis))
    await session.refresh(line)

    assert line.basis is basis


async def test_a_place_in_a_version_is_taken_once_and_free_in_the_next_and_elsewhere(session, cast):
    elsewhere = await create_utility(session)
    await save(session, rate("1", utility_id=cast.utility.id))
    await save(session, rate("1", utility_id=cast.utility.id, starts_on=date(2027, 1, 1)))
    await save(session, rate("1", utility_id=cast.utility.id, tariff_code="JARDIN"))
    await save(session, rate("1", utility_id=elsewhere.id))

    with pytest.raises(IntegrityError, match="uq_tariff_line_utility_id_tariff_code_starts_on_position"):
        await save(session, rate("2", utility_id=cast.utility.id))
