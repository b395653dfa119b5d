"""A meter's wheels turn over after their last figure; its serial tells it from the utility's others."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from models import Meter
from tests.dwellings import create_dwelling
from tests.factories import save


@pytest.mark.parametrize(("digits", "litres"), [(3, 1_000_000), (5, 100_000_000), (6, 1_000_000_000)])
def test_after_all_its_nines_a_meter_shows_nothing_again(digits, litres):
    assert Meter(digits=digits).turns_over_at_litres == litres


def test_a_meter_has_five_figures_starts_at_nothing_and_is_read_on_the_spot_unless_told_otherwise():
    meter = Meter()

    assert (meter.turns_over_at_litres, meter.installed_index_litres) == (100_000_000, 0)
    assert (meter.is_telemetered, meter.removed_on, meter.removed_index_litres) == (False, None, None)


async def test_two_meters_of_a_utility_never_have_one_serial_though_the_first_was_removed(session, cast):
    home = await create_dwelling(session, cast.utility)
    home.meter.removed_on = date(2026, 1, 1)
    where = {"utility_id": cast.utility.id, "delivery_point_id": home.point.id}

    with pytest.raises(IntegrityError, match="uq_meter_utility_id_serial"):
        await save(session, Meter(serial=home.meter.serial, installed_on=date(2026, 1, 1), **where))
