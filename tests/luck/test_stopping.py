"""The portal stopped with a thousand open pages, killed, and run far from Paris."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.backend import free_port
from tests.live_tabs import tab
from tests.luck.conftest import NUMBER

PAGES = 1000
AT_ONCE = 50
SECONDS_TO_STOP = 8
FAR_AWAY = ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # at any hour, one of them has another day than Paris


async def test_a_thousand_open_pages_do_not_keep_the_portal_from_stopping(postgres, people):
    with portal_process(postgres) as (process, address):
        await ready(address)
        sockets = await open_many(address)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, 30)
        took = time.monotonic() - begun
        closed = await asyncio.gather(*(is_closed(socket) for socket in sockets))

    assert len(closed) == PAGES
    assert all(closed)
    assert took < SECONDS_TO_STOP


async def test_a_page_that_was_open_when_the_portal_was_killed_works_again_with_its_session(postgres, people):
    token, port = str(uuid4()), free_port()
    invoice_id = postgres.run("SELECT id FROM invoice WHERE number = %s", NUMBER)[0][0]
    toggle = "reflex___state____state.portail_app___states___payment_choice____payment_choice_state.toggle"
    with portal_process(postgres, port) as (process, address):
        await ready(address)
        async with tab(address, people.alice.cookie, "/paiement", token) as page:
            await page.wait_for("payables", lambda rows: NUMBER in str(rows), 10)
            await page.send(toggle, "/paiement", invoice_id=invoice_id)
            await page.wait_for("total_cents", 24311, 10)
            process.kill()
    with portal_process(postgres, port) as (process, address):
        await ready(address)
        async with tab(address, people.alice.cookie, "/paiement", token) as page:
            await page.wait_for("payables", lambda rows: NUMBER in str(rows), 10)
            assert page.var("selected") == []  # the choice is made again: nothing is paid that the page does not show
            assert page.var("total_cents") == 0
            await page.send(toggle, "/paiement", invoice_id=invoice_id)
            await page.wait_for("total_cents", 24311, 10)


async def test_a_portal_where_it_is_another_day_has_the_days_of_paris(postgres, people):
    now = datetime.now(UTC)
    in_paris = now.astimezone(ZoneInfo("Europe/Paris")).date()
    elsewhere = next(zone for zone in FAR_AWAY if now.astimezone(ZoneInfo(zone)).date() != in_paris)
    with portal_process(postgres, TZ=elsewhere) as (_, address):
        await ready(address)
        async with tab(address, people.alice.cookie, "/factures") as page:
            await page.wait_for("invoices", lambda rows: NUMBER in str(rows), 10)
            assert page.var("today") == in_paris.isoformat()
            assert {row["issued_on"] for row in page.var("invoices")} == {"2026-11-02"}


@contextmanager
def portal_process(postgres, port=0, **environment):
    port = port or free_port()
    settings = {**os.environ, "DATABASE_URL": postgres.url, "PORT": str(port), **environment}
    process = subprocess.Popen([sys.executable, "-m", "tests.backend"], env=settings)
    try:
        yield process, f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


async def ready(address):
    async with asyncio.timeout(60), httpx.AsyncClient() as client:
        while True:
            try:
                return await client.get(f"http://{address}/ping")
            except httpx.TransportError:
                await asyncio.sleep(0.1)


async def open_many(address):
    turns = asyncio.Semaphore(AT_ONCE)

    async def open_one():
        async with turns:
            url = f"ws://{address}/_event/?EIO=4&transport=websocket&token={uuid4()}"
            socket = await connect(url, origin=None, ping_interval=None)
            await socket.recv()
            await socket.send("40/_event,")
            return socket

    return await asyncio.gather(*(open_one() for _ in range(PAGES)))


async def is_closed(socket):
    try:
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    except ConnectionClosed:
        return True
    except TimeoutError:
        return False
