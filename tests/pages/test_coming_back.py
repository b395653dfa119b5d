"""A tab keeps its states from page to page: what was said on the last visit must not be said again on this one."""

import pytest

from portail_app.states.site import SiteState
from tests.pages.test_every_screen import ROUTES, is_for_staff
from tests.screens import PAGES, load, page
from tests.tabs import open_tab

SAID = ("done", "error", "answer", "refusal", "missing", "sent", "asked", "doubt", "trouble", "refused")
FORMER = "dit la fois d’avant"


@pytest.mark.parametrize("route", [route for route in ROUTES if PAGES[route][1]])
async def test_what_was_said_the_last_time_is_not_said_again(busy, route):
    person = None if route == "/connexion" else busy.cast.chloe if is_for_staff(route) else busy.cast.alice
    tab = await open_tab(SiteState, person, busy.address(route))
    for loader in PAGES[route][1]:
        state = await tab.get_state(loader.state)
        for name in said_by(state):
            setattr(state, name, FORMER)
    await load(tab, route)

    assert FORMER not in page(route, tab).words()


def said_by(state) -> list[str]:
    return [name for name in SAID if isinstance(getattr(state, name, None), str)]
