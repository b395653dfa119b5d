"""A first visit with an empty cache in Chromium: kilobytes on the wire, and when the page is there.

    python -m bench.first_visit [--visits 7] [--subscribers 10000 100000]

Everything that the server sends is counted, headers and websocket frames included. "Slow" is slow 4G (1.6 Mbit/s down,
750 kbit/s up, 150 ms) with a processor four times slower, by Chromium's own emulation. The reference is the same rows
as a plain page of HTML, compressed, from Starlette.
"""

import argparse
import asyncio
import os
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import uvicorn
from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.server import free_port, portal
from bench.wire import wire
from bench.world import SIZES, open_world
from tests.browser.conftest import CHROMIUM, FLAGS

FORM, ROWS = "form input[type=password]", "table tbody tr"
AIMS = {"/connexion": "150 KB", "/factures": "180 KB, 500 ms, slow 2,000 ms"}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
QUIET_SECONDS = 1.5  # what still comes after the page is there
PATIENCE_SECONDS = 60
WATCH = """
    window.seenAt = new Promise(seen => {
        const watch = () => document.querySelector(%r) ? seen(performance.now()) : requestAnimationFrame(watch);
        requestAnimationFrame(watch);
    });
"""


class Visit(NamedTuple):
    kilobytes: float
    milliseconds: float


class Page(NamedTuple):
    """What is asked of which port, by whom, and what shows that it is there."""

    port: int
    server_port: int
    path: str
    shows: str
    cookie: str = ""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--visits", type=int, default=7)
    asked.add_argument("--subscribers", type=int, nargs="+", default=SIZES)
    options = asked.parse_args()
    port = free_port()
    os.environ["PORTAL_URL"] = f"http://localhost:{port}"  # the origin that the portal admits
    for subscribers in options.subscribers:
        world = open_world(subscribers)
        with portal(world) as server:
            behind = int(server.address.rpartition(":")[2])
            sign_in = Page(port, behind, "/connexion", FORM)
            invoices = Page(port, behind, "/factures", ROWS, world.cookies[0])
            asyncio.run(_measure(subscribers, (sign_in, invoices), options.visits))


async def _measure(subscribers: int, pages: tuple[Page, ...], visits: int) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for page in pages:
            plain, slow, table = await _visit_often(browser, page, visits)
            with _plain(table) as port:
                reference = await _visit_often(browser, Page(free_port(), port, "/", "body > *"), visits)
            _report(subscribers, page, (plain, slow), reference[:2])
        await browser.close()


def _report(subscribers: int, page: Page, ours: tuple[Visit, Visit], plain: tuple[Visit, Visit]) -> None:
    said = [f"{v.kilobytes:.0f} KB, {v.milliseconds:.0f} ms, slow {s.milliseconds:,.0f} ms" for v, s in (ours, plain)]
    print(
        f"| first visit of {page.path}, cold ({subscribers:,} subscribers) | "
        f"{said[0]} (to reach: {AIMS[page.path]}) | plain HTML {said[1]} | |",
        flush=True,
    )


async def _visit_often(browser: Browser, page: Page, visits: int) -> tuple[Visit, Visit, str]:
    """As it is, slowed down, and what the page shows. The first of each is not counted."""
    quick = [await _visit(browser, page) for _ in range(visits + 1)][1:]
    slow = [await _visit(browser, page, is_slow=True) for _ in range(visits + 1)][1:]
    return _median(quick), _median(slow), quick[0][1]


def _median(visits: list[tuple[Visit, str]]) -> Visit:
    kilobytes, milliseconds = zip(*(visit for visit, _ in visits), strict=True)
    return Visit(statistics.median(kilobytes), statistics.median(milliseconds))


async def _visit(browser: Browser, page: Page, *, is_slow: bool = False) -> tuple[Visit, str]:
    context = await browser.new_context(locale="fr-FR")
    async with wire(page.port, page.server_port) as carrier:
        if page.cookie:
            name, _, value = page.cookie.partition("=")
            await context.add_cookies([{"name": name, "value": value, "url": page.origin}])
        tab = await context.new_page()
        await tab.add_init_script(WATCH % page.shows)
        if is_slow:
            devtools = await context.new_cdp_session(tab)
            await devtools.send("Network.emulateNetworkConditions", SLOW_4G)
            await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await tab.goto(page.origin + page.path, wait_until="commit")
        seen_at = await asyncio.wait_for(tab.evaluate("() => window.seenAt"), PATIENCE_SECONDS)
        await asyncio.sleep(QUIET_SECONDS * (SLOWER if is_slow else 1))
        shown = await tab.locator("table, form").first.evaluate("element => element.outerHTML")
        await context.close()
    return Visit(carrier.received / 1000, seen_at), shown


@contextmanager
def _plain(shown: str) -> Iterator[int]:
    """Serves that piece of HTML by itself; its port."""

    async def answer(request: Request) -> HTMLResponse:
        return HTMLResponse(f'<!doctype html><html lang="fr"><title>Le portail</title>{shown}</html>')

    app = Starlette(routes=[Route("/", answer)], middleware=[Middleware(GZipMiddleware)])
    server = uvicorn.Server(uvicorn.Config(app, port=(port := free_port()), log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.05)
        yield port
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
