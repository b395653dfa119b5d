"""What waits for a subscriber at home, read at once: theirs alone, and nothing for who has nothing."""

from dataclasses import fields

import pytest

from portail_app.database import transaction
from portail_app.reading import reading
from portail_app.services import notice_board, notices
from portail_app.services.home import Home, read_home
from portail_app.viewer import Viewer
from tests import factories
from tests.factories import NOW, TODAY, create_invoice
from tests.supplies import create_supply, read


async def home_of(viewer: Viewer) -> Home:
    async with reading(viewer) as reader:
        return await read_home(reader, viewer, TODAY)


async def test_nothing_waits_for_who_has_nothing(town):
    assert await home_of(town.bruno.viewer) == Home()


async def test_what_is_due_is_hers_alone(town):
    async with transaction(town.alice.viewer) as session:
        await create_invoice(session, owner=town.alice.viewer)

    assert (await home_of(town.alice.viewer)).due.count == 1
    assert (await home_of(town.bruno.viewer)).due == Home().due


async def test_the_last_consumption_is_hers_alone(town):
    async with transaction(town.alice.viewer) as session:
        house = await create_supply(session, town.alice.viewer)
        await read(session, house.meter, ("2026-01-01", 0), ("2026-07-01", 62))

    hers = (await home_of(town.alice.viewer)).consumptions
    assert [(row.number, row.last_litres) for row in hers] == [(house.contract.number, 62_000)]
    assert (await home_of(town.bruno.viewer)).consumptions == ()


async def test_what_one_has_closed_is_closed_for_one_alone(town):
    async with transaction(town.chloe.viewer) as session:
        draft = factories.draft_notice(town.utility)
        notice = await notices.publish_notice(session, town.chloe.viewer, draft, NOW)
    async with transaction(town.alice.viewer) as session:
        await notice_board.close_notice(session, town.alice.viewer, notice.id, NOW)

    assert (await home_of(town.alice.viewer)).closed_notice_ids == (notice.id,)
    assert (await home_of(town.bruno.viewer)).closed_notice_ids == ()


@pytest.mark.parametrize("who", ["chloe", "nobody"])
async def test_who_holds_no_subscriber_has_no_home_of_a_subscribers(town, who):
    async with transaction(town.alice.viewer) as session:
        await create_invoice(session, owner=town.alice.viewer)
        house = await create_supply(session, town.alice.viewer)
        await read(session, house.meter, ("2026-01-01", 0), ("2026-07-01", 62))
    viewer = Viewer.nobody() if who == "nobody" else town.chloe.viewer

    home = await home_of(viewer)
    assert (home.due, home.consumptions, home.asks) == (Home().due, (), ())


def test_a_home_that_is_not_read_yet_is_empty_and_small():
    """Each tab holds one before it has loaded."""
    assert all(not getattr(Home(), field.name) or field.name in {"due", "requests"} for field in fields(Home))
    assert (Home().due.count, Home().requests.count) == (0, 0)
