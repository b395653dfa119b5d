"""Accueil, as a tab of the browser knows it."""

from datetime import date

import pytest

from portail_app.database import transaction
from portail_app.errors import NotFound, NotSignedIn
from portail_app.services import notices
from portail_app.states.clock import now
from portail_app.states.home import HomeState
from tests import factories
from tests.factories import create_invoice
from tests.supplies import create_supply, read
from tests.tabs import open_tab


async def publish(town) -> int:
    async with transaction(town.chloe.viewer) as session:
        draft = factories.draft_notice(town.utility)
        return (await notices.publish_notice(session, town.chloe.viewer, draft, now())).id


async def test_a_subscriber_sees_what_is_due(town):
    async with transaction(town.alice.viewer) as session:
        await create_invoice(session, owner=town.alice.viewer)

    tab = await open_tab(HomeState, town.alice)
    assert await tab.load() is HomeState.watch

    assert (tab.home.due.count, tab.home.due.total_cents, tab.is_loaded) == (1, 24311, True)


async def test_a_subscriber_sees_the_last_consumption_of_what_is_open_and_the_neighbour_nothing(town):
    async with transaction(town.alice.viewer) as session:
        house = await create_supply(session, town.alice.viewer)
        await read(session, house.meter, ("2026-01-01", 0), ("2026-07-01", 62))
        await create_supply(session, town.alice.viewer)
        left = await create_supply(session, town.alice.viewer, ended_on=date(2026, 7, 1))
        await read(session, left.meter, ("2026-01-01", 0), ("2026-07-01", 62))
    hers, his = await open_tab(HomeState, town.alice), await open_tab(HomeState, town.bruno)
    await hers.load()
    await his.load()

    assert [(row.number, row.last_litres) for row in hers.home.consumptions] == [(house.contract.number, 62_000)]
    assert his.home.consumptions == ()


async def test_nobody_is_asked_to_sign_in_and_sees_nothing(town):
    tab = await open_tab(HomeState, None)
    with pytest.raises(NotSignedIn):
        await tab.load()
    assert not tab.is_loaded


async def test_staff_are_led_to_their_own_home(town):
    tab = await open_tab(HomeState, town.chloe)
    assert "/agent" in str(await tab.load())
    assert not tab.is_loaded


async def test_an_agent_who_is_a_subscriber_too_keeps_both_homes(town):
    async with transaction(town.chloe.viewer) as session:
        utility = await factories.create_utility(session)
        account = await factories.create_account(session, "both@example.fr")
        await factories.appoint(session, account, utility)
        await factories.link(session, account, await factories.create_subscriber(session, utility))
        viewer, token = await factories.sign_in(session, account)

    tab = await open_tab(HomeState, type(town.alice)(viewer, token))
    assert await tab.load() is HomeState.watch
    assert tab.is_loaded


async def test_a_closed_notice_stays_closed_on_every_device_and_open_for_the_neighbour(town):
    notice_id = await publish(town)
    phone = await open_tab(HomeState, town.alice)
    await phone.load()
    assert phone.home.closed_notice_ids == ()

    await phone.close_notice(notice_id=notice_id)
    assert phone.home.closed_notice_ids == (notice_id,)

    computer, neighbour = await open_tab(HomeState, town.alice), await open_tab(HomeState, town.bruno)
    await computer.load()
    await neighbour.load()
    assert computer.home.closed_notice_ids == (notice_id,)
    assert neighbour.home.closed_notice_ids == ()


async def test_the_notice_of_another_utility_cannot_be_closed(town):
    tab = await open_tab(HomeState, town.alice)
    with pytest.raises(NotFound):
        await tab.close_notice(notice_id=999_999)
    assert tab.home.closed_notice_ids == ()
