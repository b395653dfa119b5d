"""Leaks as staff see them: each under its tab, counted, in order, found by a part of a number or of an address."""

from datetime import date, timedelta

import pytest

from models import LeakKind
from portail_app.errors import Forbidden
from portail_app.services.leaks.desk import PAGE, LeakTab, list_leaks
from portail_app.viewer import Viewer
from tests.dwellings import Dwelling, create_dwelling
from tests.factories import NOW
from tests.services.leaks.places import tell
from tests.services.staff import damien_of_elsewhere

LATER = NOW + timedelta(days=1)


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    return await create_dwelling(session, cast.utility, alice)


async def seen(session, viewer, tab: LeakTab, search: str = "") -> list[int]:
    return [row.alert.id for row in (await list_leaks(session, viewer, tab, search=search)).rows]


@pytest.mark.parametrize(
    ("values", "tabs"),
    [
        ({}, {LeakTab.AWAITED}),
        ({"mailed_to": 0}, {LeakTab.AWAITED, LeakTab.UNTOLD}),
        ({"certified_at": NOW}, {LeakTab.TO_DECIDE}),
        ({"certified_at": NOW, "mailed_to": 0}, {LeakTab.TO_DECIDE, LeakTab.UNTOLD}),
        ({"certified_at": NOW, "accepted_at": NOW}, {LeakTab.DECIDED}),
        ({"certified_at": NOW, "refused_at": NOW, "mailed_to": 0}, {LeakTab.DECIDED}),
        ({"closed_at": NOW}, {LeakTab.DECIDED}),
        ({"kind": LeakKind.CONTINUOUS, "mailed_to": 0}, {LeakTab.TELEMETRY}),
        ({"kind": LeakKind.EMPTY_HOME, "closed_at": NOW}, {LeakTab.TELEMETRY}),
    ],
)
async def test_an_alert_is_under_the_tabs_of_what_waits_for_it_and_counted_there(session, chloe, home, values, tabs):
    alert = await tell(session, home, **values)

    assert {tab for tab in LeakTab if alert.id in await seen(session, chloe, tab)} == tabs
    counts = (await list_leaks(session, chloe, LeakTab.AWAITED)).counts
    assert counts == {tab.value: int(tab in tabs) for tab in LeakTab}


async def test_what_is_due_first_comes_first_and_of_one_day_what_was_told_first(session, chloe, home):
    days = (date(2026, 12, 22), date(2026, 12, 1), date(2026, 12, 22))
    late, soon, twin = [
        await tell(session, home, answer_until=day, period_start=date(2026, month, 1))
        for month, day in enumerate(days, start=1)
    ]

    assert await seen(session, chloe, LeakTab.AWAITED) == [soon.id, late.id, twin.id]


async def test_what_was_decided_last_comes_first_however_old_it_is(session, chloe, home):
    done = ({"closed_at": LATER}, {"accepted_at": NOW}, {"refused_at": NOW + timedelta(hours=1)})
    closed, accepted, refused = [
        await tell(session, home, period_start=date(2026, month, 1), **decision)
        for month, decision in enumerate(done, start=1)
    ]

    assert await seen(session, chloe, LeakTab.DECIDED) == [closed.id, refused.id, accepted.id]


async def test_what_telemetry_told_last_comes_first(session, chloe, home):
    first = await tell(session, home, kind=LeakKind.CONTINUOUS)
    second = await tell(session, home, kind=LeakKind.EMPTY_HOME, recorded_at=LATER)

    assert await seen(session, chloe, LeakTab.TELEMETRY) == [second.id, first.id]


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("", True),
        ("RUE DU MOULIN", True),
        ("clermont", True),
        ("C/42", True),
        ("59900", False),
        ("%", False),
        ("_", False),
        ("Alice", False),
    ],
)
async def test_a_search_is_a_part_of_a_number_of_an_address_or_of_a_town(session, cast, chloe, search, is_found):
    alert = await tell(session, await create_dwelling(session, cast.utility, number="C/42"))

    assert await seen(session, chloe, LeakTab.AWAITED, search) == [alert.id] * is_found


async def test_a_search_does_not_change_what_each_tab_counts(session, chloe, home):
    await tell(session, home)

    page = await list_leaks(session, chloe, LeakTab.AWAITED, search="introuvable")

    assert (page.rows, page.counts["attendues"]) == ((), 1)


async def test_only_staff_see_leaks_and_only_those_of_their_utility(session, alice, home):
    await tell(session, home)

    for viewer in (alice, Viewer.nobody()):
        with pytest.raises(Forbidden):
            await list_leaks(session, viewer, LeakTab.AWAITED)
    page = await list_leaks(session, await damien_of_elsewhere(session), LeakTab.AWAITED)
    assert (page.rows, set(page.counts.values())) == ((), {0})


async def test_a_page_has_a_hundred_alerts_and_counts_them_all(session, chloe, home):
    for place in range(PAGE + 1):
        await tell(session, home, period_start=date(2026, 4, 1) + timedelta(days=place))

    page = await list_leaks(session, chloe, LeakTab.AWAITED)

    assert (len(page.rows), page.counts["attendues"]) == (PAGE, PAGE + 1)
