"""`portail serve --workers 2`, on a real Redis: whichever process a tab reaches, it is the same portal."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import uuid4

import psutil
import pytest
from websockets.exceptions import WebSocketException

from portail_app.database import transaction
from portail_app.services.suspensions import suspend_payments
from portail_app.viewer import Viewer
from tests.factories import create_invoice
from tests.live_tabs import tab
from tests.portal import Portal
from tests.redis_server import redis_server

PAGE = "/factures"


@pytest.fixture(scope="module")
def portal(database):
    with (
        redis_server() as address,
        Portal("serve", "--workers", "2", DATABASE_URL=database, REDIS_URL=address) as portal,
    ):
        yield portal.wait_until_it_answers()


@pytest.fixture
def server(portal) -> str:
    return portal.url.removeprefix("http://")


@pytest.fixture
async def bill(town):
    async with transaction(Viewer.system()) as session:
        return await create_invoice(session, owner=town.alice.viewer, number="2026-020-ALICE")


def workers(portal: Portal) -> list[psutil.Process]:
    """The processes that answer, without the one that watches over them."""
    family = psutil.Process(portal.process.pid).children(recursive=True)
    alive = [one for one in family if one.status() != psutil.STATUS_ZOMBIE]
    return [one for one in alive if "spawn_main" in " ".join(one.cmdline())]


def connections(process: psutil.Process) -> int:
    return sum(one.status == psutil.CONN_ESTABLISHED for one in process.net_connections("tcp"))


async def test_every_tab_of_both_processes_shows_the_bill_and_hears_of_a_suspension(portal, server, town, bill):
    both = workers(portal)
    assert len(both) == 2
    async with AsyncExitStack() as stack, asyncio.timeout(60):
        tabs = []
        while not all(connections(one) for one in both):  # one may still be starting
            tabs.append(await stack.enter_async_context(tab(server, town.alice.cookie, PAGE)))
        assert all(one.var("invoices")[0]["number"] == bill.number for one in tabs)
        async with transaction(town.chloe.viewer) as session:
            await suspend_payments(session, town.chloe.viewer, town.utility.id, "Essai", None, datetime.now(UTC))
        await asyncio.gather(*(one.wait_for("suspension", lambda said: said and "Essai" in said) for one in tabs))


async def test_processes_that_die_are_replaced_and_a_tab_is_found_again_as_it_was(portal, server, town, bill):
    token = str(uuid4())
    async with tab(server, town.alice.cookie, PAGE, token) as hers:
        await hers.visit(f"{PAGE}?recherche=introuvable")
    killed = workers(portal)
    for one in killed:
        one.kill()
    async with asyncio.timeout(60):
        while len([one for one in workers(portal) if one not in killed]) < 2:
            await asyncio.sleep(0.2)

    async with asyncio.timeout(60):
        told, rows = await reopened(server, town.alice.cookie, token)
    assert "introuvable" in str(told[0])
    assert rows[0]["number"] == bill.number


async def reopened(server: str, cookie: str, token: str) -> tuple[list[dict], list[dict]]:
    while True:
        try:
            async with tab(server, cookie, PAGE, token) as hers:
                return hers.deltas, hers.var("invoices")
        except (OSError, WebSocketException):
            await asyncio.sleep(0.1)
