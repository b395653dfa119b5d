"""Sessions are rows: opened, listed, closed, and dead at once."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AccessSession, Account, Hold, StaffRank
from portail_app.errors import NotFound
from portail_app.reading import reader_of
from portail_app.services.own_sessions import close_other_sessions, close_own_session, list_sessions
from portail_app.services.sessions import Browser, close_session, find_viewer, open_session
from portail_app.viewer import Viewer
from tests.factories import NOW, let_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.mark.parametrize(("remember", "lasts"), [(False, timedelta(hours=12)), (True, timedelta(days=30))])
async def test_a_session_lasts_twelve_hours_or_thirty_days(session, alice, remember, lasts):
    token = await open_for(session, alice, remember=remember)
    assert await find_viewer(await reader_of(session), token, NOW + lasts - timedelta(seconds=1)) is not None
    assert await find_viewer(await reader_of(session), token, NOW + lasts) is None


async def test_a_closed_session_is_nobodys(session, alice):
    token = await open_for(session, alice)
    await close_session(session, token, NOW)
    assert await find_viewer(await reader_of(session), token, NOW) is None


async def test_ones_sessions_are_listed_this_one_first(session, alice):
    await open_for(session, alice)
    shown = await list_sessions(session, alice, NOW)
    assert [(one.is_this, one.browser) for one in shown] == [(True, "Navigateur inconnu"), (False, "Firefox, Windows")]
    assert shown[1].address == "192.0.2.7"


async def test_a_neighbours_sessions_are_not_listed_and_cannot_be_closed(session, alice, bruno):
    (his,) = await list_sessions(session, bruno, NOW)
    assert his.id not in {one.id for one in await list_sessions(session, alice, NOW)}
    with pytest.raises(NotFound):
        await close_own_session(session, alice, his.id, NOW)
    assert len(await list_sessions(session, bruno, NOW)) == 1


async def test_nobody_has_no_session(session, cast):
    assert await list_sessions(session, Viewer.nobody(), NOW) == []
    assert await close_other_sessions(session, Viewer.nobody(), NOW) == 0


async def test_one_of_ones_own_is_closed(session, alice):
    token = await open_for(session, alice)
    this, other = await list_sessions(session, alice, NOW)
    await close_own_session(session, alice, other.id, NOW)
    assert await find_viewer(await reader_of(session), token, NOW) is None
    assert [one.id for one in await list_sessions(session, alice, NOW)] == [this.id]


async def test_all_others_are_closed_but_not_this_one_nor_a_neighbours(session, alice, bruno):
    await open_for(session, alice)
    await open_for(session, alice)
    assert await close_other_sessions(session, alice, NOW) == 2
    assert [one.is_this for one in await list_sessions(session, alice, NOW)] == [True]
    assert len(await list_sessions(session, bruno, NOW)) == 1


async def test_what_is_over_is_not_listed_not_counted_as_closed_and_cannot_be_closed_again(session, alice):
    token = await open_for(session, alice)
    this, other = await list_sessions(session, alice, NOW)
    later = NOW + timedelta(hours=12)
    assert [one.id for one in await list_sessions(session, alice, later - timedelta(seconds=1))] == [this.id, other.id]
    assert other.id not in {one.id for one in await list_sessions(session, alice, later)}
    assert await close_other_sessions(session, alice, later) == 0

    await close_session(session, token, NOW)
    with pytest.raises(NotFound):
        await close_own_session(session, alice, other.id, NOW)


async def test_when_a_session_was_closed_is_not_rewritten(session, alice):
    token = await open_for(session, alice)
    await close_session(session, token, NOW)
    await close_session(session, token, NOW + timedelta(days=1))
    await close_other_sessions(session, alice, NOW + timedelta(days=1))
    closed = (await session.exec(select(AccessSession.revoked_at).where(AccessSession.user_agent == FIREFOX))).one()
    assert closed == NOW


async def test_a_session_says_since_when_and_until_when(session, alice):
    await open_for(session, alice, remember=True)
    shown = (await list_sessions(session, alice, NOW))[1]
    assert (shown.opened_at, shown.ends_at, shown.is_this) == (NOW, NOW + timedelta(days=30), False)


async def test_what_somebody_holds_and_pays_is_read_with_their_session(session, cast, alice):
    (hers,) = alice.subscriber_ids
    seeing, paying = await let_in(session, alice, Hold.MAY_SEE), await let_in(session, alice, Hold.MAY_PAY)
    assert (seeing.subscriber_ids, seeing.payable_subscriber_ids) == ({hers}, frozenset())
    assert (paying.subscriber_ids, paying.payable_subscriber_ids) == ({hers}, {hers})
    assert alice.payable_subscriber_ids == {hers}
    assert seeing.subscribed_utility_ids == {cast.utility.id}
    assert (alice.ranks, cast.chloe.viewer.ranks) == ({}, {cast.utility.id: StaffRank.ADMINISTRATOR})


async def test_a_session_of_an_account_that_is_not_active_is_nobodys(session, cast, alice):
    (await session.get_one(Account, alice.account_id)).activated_at = None
    await session.flush()
    assert await find_viewer(await reader_of(session), cast.alice.token, NOW) is None
    assert await find_viewer(await reader_of(session), cast.bruno.token, NOW) is not None


async def test_a_very_long_browser_name_is_cut(session, alice):
    await open_session(session, alice.account_id, Browser("x" * 5000, "y" * 500), NOW, remember=False)
    assert len(await list_sessions(session, alice, NOW)) == 2


async def open_for(session, viewer, *, remember=False):
    token = await open_session(session, viewer.account_id, Browser(FIREFOX, "192.0.2.7"), NOW, remember=remember)
    await session.flush()
    return token
