"""States are made when they are asked for, and nobody can tell but by what a tab weighs."""

import gc
import weakref

import pytest
import reflex as rx
from reflex.istate.manager import _release_state_tree

from portail_app.states.invoices import InvoicesState
from portail_app.states.lazy import MadeWhenAsked, make_states_when_asked
from portail_app.states.notices import NoticesState


@pytest.fixture(autouse=True)
def lazily():
    make_states_when_asked()


async def test_a_tab_holds_the_states_that_it_asked_for_and_no_others():
    tab = rx.State(_reflex_internal_init=True)
    assert isinstance(tab.substates, MadeWhenAsked)
    assert list(tab.substates.made()) == []

    asked = await tab.get_state(InvoicesState)
    assert list(tab.substates.made()) == [asked]
    assert await tab.get_state(InvoicesState) is asked
    assert asked.parent_state is tab


async def test_whoever_goes_through_a_tab_finds_every_state_with_its_defaults():
    tab = rx.State(_reflex_internal_init=True)
    told = tab.dict()
    assert {kind.get_full_name() for kind in rx.State.get_substates()} <= told.keys()
    assert told[NoticesState.get_full_name()]["notices_rx_state_"] == ()


async def test_what_is_assigned_goes_into_the_delta_of_the_tab():
    tab = rx.State(_reflex_internal_init=True)
    tab._clean()
    (await tab.get_state(InvoicesState)).is_loaded = True
    assert tab.get_delta() == {InvoicesState.get_full_name(): {"is_loaded_rx_state_": True}}


def test_a_state_that_there_is_not_is_missing():
    tab = rx.State(_reflex_internal_init=True)
    assert "nothing" not in tab.substates
    with pytest.raises(KeyError):
        tab.substates["nothing"]
    with pytest.raises(ValueError, match="Invalid path"):
        tab.get_substate(["nothing"])


def test_a_tab_that_is_let_go_of_leaves_nothing_to_collect():
    class Weighed(dict):
        """That can be watched: states have no room for it."""

    tab = rx.State(_reflex_internal_init=True)
    tab.router_data = watched = Weighed()
    gone = weakref.ref(watched)
    del watched
    gc.disable()
    try:
        _release_state_tree(tab)
        del tab
        assert gone() is None
    finally:
        gc.enable()
