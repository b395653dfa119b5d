"""What every page of the portal has in common."""

import re

import pytest
from reflex_base.registry import RegistrationContext

import pages
from portail_app.states.site import SiteState

DRAWN = RegistrationContext.get().decorated_pages
PAGES = [arguments for _, arguments in DRAWN]
ADDRESSES = [arguments for arguments in PAGES if arguments["route"] != "404"]  # Reflex loads nothing there


def test_every_module_of_the_site_map_is_registered():
    routes = {arguments["route"] for arguments in PAGES}

    assert len(routes) == len(PAGES) >= len(pages.modules)


def test_the_site_map_names_every_page_and_no_other():
    told = set(re.findall(r"`(/[^`]*)`", "".join(re.findall(r"^\|(.*?)\|", pages.__doc__, re.M))))

    assert told == {arguments["route"] for arguments in ADDRESSES}


@pytest.mark.parametrize("arguments", ADDRESSES, ids=[arguments["route"] for arguments in ADDRESSES])
def test_a_page_is_first_told_the_facts_that_its_frame_shows(arguments):
    on_load = arguments["on_load"]
    first = on_load[0] if isinstance(on_load, list) else on_load

    assert first.fn is SiteState.load.fn


@pytest.mark.parametrize(("page", "arguments"), DRAWN, ids=[arguments["route"] for _, arguments in DRAWN])
def test_a_page_can_be_drawn_and_has_one_title(page, arguments):
    assert page().render()
    assert arguments["title"]
