"""The page of open sessions, and a session that ends while its page is open."""

import pytest

from portail_app.database import transaction
from portail_app.errors import NotFound, NotSignedIn
from portail_app.states.sessions import SessionsState
from portail_app.viewer import Viewer
from tests.cast import Person
from tests.factories import sign_in
from tests.jobs.outbox import run_sql
from tests.tabs import open_tab


@pytest.fixture
async def phone(town):
    """Alice, signed in a second time."""
    from models import Account

    async with transaction(Viewer.system()) as session:
        account = await session.get_one(Account, town.alice.viewer.account_id)
        return Person(*await sign_in(session, account))


async def test_ones_own_sessions_are_shown(town, phone):
    tab = await open_tab(SessionsState, town.alice)
    await tab.load()
    assert [one.is_this for one in tab.sessions] == [True, False]


async def test_nobody_sees_no_session(town):
    tab = await open_tab(SessionsState, None)
    with pytest.raises(NotSignedIn):
        await tab.load()


async def test_a_closed_session_is_refused_at_its_next_event(town, phone):
    here, there = await open_tab(SessionsState, town.alice), await open_tab(SessionsState, phone)
    await there.load()
    await here.load()

    await here.close(session_id=phone.viewer.session_id)

    assert [one.is_this for one in here.sessions] == [True]
    with pytest.raises(NotSignedIn):
        await there.load()


async def test_all_others_are_closed_at_once(town, phone):
    here, there = await open_tab(SessionsState, town.alice), await open_tab(SessionsState, phone)
    await here.close_others()
    assert here.answer == "1 session a été fermée."
    with pytest.raises(NotSignedIn):
        await there.load()


async def test_a_neighbours_session_cannot_be_closed(town):
    tab = await open_tab(SessionsState, town.alice)
    with pytest.raises(NotFound):
        await tab.close(session_id=town.bruno.viewer.session_id)
    assert run_sql("SELECT count(*) FROM access_session WHERE revoked_at IS NOT NULL") == [(0,)]


async def test_nothing_that_opens_a_session_is_shown(town):
    tab = await open_tab(SessionsState, town.alice)
    await tab.load()
    assert town.alice.token not in str(tab.dict())
    assert "token" not in str(tab.sessions)
