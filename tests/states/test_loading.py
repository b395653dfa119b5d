"""What a page loads, over a real websocket: in one event, told at once, and no loader that fails hides another."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from portail_app.database import transaction
from portail_app.services.suspensions import suspend_payments
from portail_app.states.loading import load_page
from portail_app.states.messages import LOAD
from portail_app.viewer import Viewer
from tests.backend import backend
from tests.factories import create_invoice
from tests.live_tabs import HYDRATED, tab

PAGE = "/factures"
ESSAY = "/essai"  # tests/states/loaders_backend.py


@pytest.fixture(scope="module")
async def server(database):
    async with backend(database, module="tests.states.loaders_backend") as address:
        yield address


@pytest.fixture
async def bill(town):
    async with transaction(Viewer.system()) as session:
        return await create_invoice(session, owner=town.alice.viewer, number="2026-020-ALICE")


def test_it_stands_in_the_place_of_reflex_s_own(database):
    from portail_app.portail_app import app

    assert app._registration_context.event_handlers[LOAD].handler.fn is load_page


def test_a_newer_navigation_still_ends_the_loading_of_an_older_one(database):
    from portail_app.portail_app import app

    assert app._registration_context.event_handlers[LOAD].handler.supersedes


async def test_the_rows_come_with_the_word_that_the_page_is_loaded(server, town, bill):
    async with tab(server, town.alice.cookie, "/") as hers:
        before = len(hers.deltas)
        await hers.visit(PAGE)
        *unloaded, loaded = [delta for delta in hers.deltas[before:] if HYDRATED in str(delta)]
        assert [HYDRATED + "': False" in str(delta) for delta in unloaded] == [True]
        assert bill.number in str(loaded)
        assert HYDRATED + "': True" in str(loaded)


async def test_a_loader_that_refuses_or_fails_is_answered_for_and_the_others_load(server, town):
    async with tab(server, town.alice.cookie, ESSAY) as hers:
        assert hers.var("first") == "chargé"
        assert hers.var("welcome_html") is not None
        await hers.wait_for_frame("Pas aujourd'hui.")
        await hers.wait_for_frame("donnez au service ce numéro")
        assert "a secret of the code" not in json.dumps(hers.frames)


async def test_what_a_loader_asks_for_comes_after_the_page(server, town):
    async with tab(server, town.alice.cookie, ESSAY) as hers:
        await hers.wait_for("last", "dit par l'événement d'après")


async def test_what_goes_on_beside_the_events_begins_once_the_page_is_there(server, town):
    async with tab(server, town.alice.cookie, ESSAY) as hers:
        await hers.wait_for("watched", lambda said: said and said.endswith("après « chargé »"))


async def test_a_loader_keeps_its_guard(server, town):
    async with tab(server, "", ESSAY) as nobodys:
        assert nobodys.var("first") == "chargé"
        await nobodys.wait_for_frame("/connexion?retour=%2Fessai")
        assert nobodys.var("watched") in (None, "")


async def test_a_tab_that_comes_back_ends_on_what_its_worker_knows_and_not_on_what_it_was_told_before(server, town):
    token = str(uuid4())
    async with tab(server, town.alice.cookie, PAGE, token) as first:
        assert first.var("suspension") == ""
    async with transaction(town.chloe.viewer) as session:
        await suspend_payments(session, town.chloe.viewer, town.utility.id, "Maintenance", None, datetime.now(UTC))
    async with tab(server, town.alice.cookie, PAGE, token) as again:
        await again.wait_for("suspension", lambda said: said and "Maintenance" in said)
        assert "Maintenance" in str([delta for delta in again.deltas if "suspension_rx_state_" in str(delta)][-1])
