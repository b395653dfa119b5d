"""Which mails one wants, as a tab of the browser knows it."""

import pytest

from portail_app.errors import Invalid, NotSignedIn
from portail_app.states.accesses import AccessesState
from portail_app.states.notifications import NotificationsState
from tests.tabs import open_tab


async def test_what_may_be_refused_and_what_is_always_sent_are_apart(town):
    tab = await open_tab(NotificationsState, town.alice)
    await tab.load()
    assert tab.email == "alice@example.fr"
    assert all(one.is_wanted and not one.reason for one in tab.choices)
    assert all(one.reason for one in tab.always_sent)


async def test_a_choice_is_kept_as_it_is_made(town):
    tab = await open_tab(NotificationsState, town.alice)
    await tab.choose(event="facture", is_wanted=False)
    assert tab.done
    again = await open_tab(NotificationsState, town.alice)
    await again.load()
    assert [one.event for one in again.choices if not one.is_wanted] == ["facture"]


async def test_a_choice_is_ones_own(town):
    await (await open_tab(NotificationsState, town.alice)).choose(event="facture", is_wanted=False)
    his = await open_tab(NotificationsState, town.bruno)
    await his.load()
    assert all(one.is_wanted for one in his.choices)


async def test_what_is_always_sent_cannot_be_refused(town):
    with pytest.raises(Invalid):
        await (await open_tab(NotificationsState, town.alice)).choose(event="compte", is_wanted=False)


@pytest.mark.parametrize("state", [NotificationsState, AccessesState])
async def test_nobody_is_shown_nothing(town, state):
    with pytest.raises(NotSignedIn):
        await (await open_tab(state, None)).load()


async def test_the_history_is_shown(town):
    tab = await open_tab(AccessesState, town.alice)
    await tab.load()
    assert (tab.is_loaded, tab.accesses) == (True, ())
