"""What a page is told when it connects, over a real websocket: it shows the same as if it were told everything."""

import json
import subprocess
import sys

import pytest

from portail_app.database import transaction
from portail_app.states.messages import BOOT
from portail_app.states.snapshot import hydrate_and_load
from portail_app.viewer import Viewer
from tests.backend import backend
from tests.factories import create_invoice
from tests.live_tabs import tab

PAGE = "/factures"
DIGESTS = """
import asyncio, json
import portail_app.portail_app
from portail_app.states.snapshot import default_digests
print(json.dumps(asyncio.run(default_digests())))
"""
OTHERS = ("notices_state", "payment_choice_state", "sessions_state")


@pytest.fixture(scope="module")
async def server(database):
    async with backend(database) as address:
        yield address


@pytest.fixture(scope="module")
def digests(database):
    """In a process of its own: other tests make states of theirs."""
    return json.loads(subprocess.run([sys.executable, "-c", DIGESTS], capture_output=True, check=True).stdout)


@pytest.fixture
async def bill(town):
    async with transaction(Viewer.system()) as session:
        return await create_invoice(session, owner=town.alice.viewer, number="2026-020-ALICE")


def test_it_stands_in_the_place_of_reflex_s_own(database):
    from portail_app.portail_app import app

    assert app._registration_context.event_handlers[BOOT].handler.fn is hydrate_and_load


async def test_a_fresh_page_of_this_build_is_not_told_the_defaults_that_it_holds(server, town, bill, digests):
    async with tab(server, town.alice.cookie, PAGE, built_with=digests) as fresh:
        assert fresh.var("invoices")[0]["number"] == bill.number
        assert not [name for name in fresh.shown if name.endswith(OTHERS)]


@pytest.mark.parametrize("built_with", [None, ["0123456789abcdef"] * 3])
async def test_a_page_that_comes_back_or_was_built_from_other_states_is_told_everything(server, town, bill, built_with):
    async with tab(server, town.alice.cookie, PAGE, built_with=built_with) as other:
        assert {name for name in OTHERS if any(shown.endswith(name) for shown in other.shown)} == set(OTHERS)


async def test_both_show_the_same(server, town, bill, digests):
    async with tab(server, town.alice.cookie, PAGE) as told_everything:
        everything = told_everything.shown
    async with tab(server, town.alice.cookie, PAGE, built_with=digests) as fresh:
        for state, values in fresh.shown.items():
            for name, value in values.items():
                if not name.startswith("rx_router"):
                    assert everything[state][name] == value, f"{state}.{name}"


async def test_a_reloaded_page_is_told_what_its_tab_has_become(server, town, bill, digests):
    token = "6f2d1b1e-7a41-4e9f-a3d6-2f4b8f3a9c55"
    async with tab(server, town.alice.cookie, PAGE, token, built_with=digests):
        pass
    async with tab(server, town.alice.cookie, PAGE, token, built_with=digests) as reloaded:
        assert bill.number in str(reloaded.deltas[0])
