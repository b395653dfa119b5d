"""Sessions over real websockets: what a tab keeps is its person's alone, and an ended session ends everywhere."""

import asyncio
import json
from contextlib import AsyncExitStack, suppress
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from portail_app.database import transaction
from portail_app.viewer import Viewer
from tests.backend import backend
from tests.factories import create_invoice
from tests.jobs.outbox import run_sql
from tests.live_tabs import tab

PAGE = "/factures"
HERS = "2026-020-ALICE"


@pytest.fixture(scope="module")
async def servers(database):
    async with AsyncExitStack() as stack:
        yield await asyncio.gather(*(stack.enter_async_context(backend(database)) for _ in range(2)))


@pytest.fixture
async def bill(town):
    async with transaction(Viewer.system()) as session:
        return await create_invoice(session, owner=town.alice.viewer, number=HERS)


@pytest.mark.parametrize("next_person", ["bruno", "nobody"])
async def test_the_next_person_at_the_same_tab_is_sent_nothing_of_the_first(servers, town, bill, next_person):
    token = str(uuid4())
    async with tab(servers[0], town.alice.cookie, PAGE, token) as hers:
        await hers.wait_for("invoices", lambda rows: HERS in str(rows))

    cookie = town.bruno.cookie if next_person == "bruno" else ""
    async with tab(servers[0], cookie, PAGE, token) as after:
        await asyncio.sleep(0.3)
        assert HERS not in str(after.deltas)


async def test_a_tab_that_reconnects_with_its_own_session_finds_its_state(servers, town, bill):
    token = str(uuid4())
    async with tab(servers[0], town.alice.cookie, PAGE, token) as before:
        await before.wait_for("invoices", lambda rows: HERS in str(rows))
    async with tab(servers[0], town.alice.cookie, PAGE, token) as again:
        assert HERS in str(again.deltas[0])


async def test_after_a_sign_out_the_tab_is_empty_even_with_its_old_cookie(servers, town, bill):
    token = str(uuid4())
    async with tab(servers[0], town.alice.cookie, PAGE, token) as hers:
        await hers.wait_for("invoices", lambda rows: HERS in str(rows))
    end_sessions(town.alice)
    async with tab(servers[0], town.alice.cookie, PAGE, token) as after:
        await asyncio.sleep(0.3)
        assert HERS not in str(after.deltas)


@pytest.mark.parametrize("person", ["bruno", "nobody"])
async def test_an_event_sent_under_anothers_tab_reaches_nothing_of_hers(servers, town, bill, person):
    """Whoever learns a tab's token and does not connect as a page does."""
    cookie = town.bruno.cookie if person == "bruno" else ""
    token = str(uuid4())
    async with tab(servers[0], town.alice.cookie, PAGE, token) as hers:
        await hers.wait_for("invoices", lambda rows: HERS in str(rows))
        async with raw_socket(servers[0], cookie, token) as socket:
            await socket.send("40/_event,{}")
            event = {"name": load_handler(), "payload": {}, "router_data": {"pathname": PAGE, "asPath": PAGE}}
            await socket.send("42/_event," + json.dumps(["event", event]))
            said = await everything_said(socket)
        assert HERS not in said
        await hers.visit(PAGE)
        assert HERS in str(hers.var("invoices"))


async def test_a_session_that_ends_is_refused_at_its_next_event_on_every_worker(servers, town, bill):
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(tab(server, town.alice.cookie, PAGE)) for server in servers]
        for one in tabs:
            await one.wait_for("invoices", lambda rows: HERS in str(rows))

        end_sessions(town.alice)
        await asyncio.sleep(0.2)
        async with transaction(Viewer.system()) as session:
            await create_invoice(session, owner=town.alice.viewer, number="2026-020-LATER")

        for one in tabs:
            await one.visit(PAGE)
        assert all("2026-020-LATER" not in str(one.deltas) for one in tabs)


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", "http://localhost:1"])
async def test_a_page_of_another_site_opens_no_websocket(servers, town, origin):
    with pytest.raises(InvalidStatus) as refused:
        async with raw_socket(servers[0], town.alice.cookie, str(uuid4()), origin=origin):
            pass
    assert refused.value.response.status_code in {400, 403}


def end_sessions(person):
    run_sql("UPDATE access_session SET revoked_at = now() WHERE account_id = %s", person.viewer.account_id)


def raw_socket(server, cookie, token, origin=None):
    address = f"ws://{server}/_event/?EIO=4&transport=websocket&token={token}"
    return connect(address, additional_headers={"Cookie": cookie}, origin=origin, max_size=None)


def load_handler():
    from portail_app.states.invoices import InvoicesState

    return f"{InvoicesState.get_full_name()}.load"


async def everything_said(socket, seconds=1.5):
    said = ""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            async for message in socket:
                said += message
    return said
