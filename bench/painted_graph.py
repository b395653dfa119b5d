"""A contract's graph as it is seen: Chromium opens it while other subscribers load theirs.

    python -m bench.painted_graph [--openings 40] [--clients 50] [--draws 30]

Painted: from the click on a contract, or on another view of it, to the frame in which plotly has drawn the new figure,
while all the others look at theirs, a second each; then while they load them as fast as they are answered, which takes
the processors that Chromium draws with. Drawn: plotly alone, a figure that it has not
drawn before into an empty element, once its script is there.
"""

import argparse
import asyncio
import math
import statistics
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

from playwright.async_api import Page, async_playwright

from bench.consumption import make_database, people_of, reopen
from bench.raw_tab import raw_tab
from bench.server import Server, portal
from bench.world import World
from tests.browser.conftest import CHROMIUM, FLAGS

VIEWS = ("Années", "Mois", "Jours")
LOOKS = {1: "another view each second", 0: "without a pause"}
AT_FIRST = 1  # opening that is not counted: plotly's script comes with it
PATIENCE_MS = 60_000
PAINTED = """
    async (clicked) => {
        const said = () => document.querySelector('[data-graph]')?.graphFigure?.said.join();
        const frame = () => new Promise(requestAnimationFrame);
        const before = window.saidBefore;
        const link = [...document.querySelectorAll('main a')].find((one) => one.textContent.trim() === clicked);
        const started = performance.now();
        link.click();
        while (!said() || said() === before || !document.querySelector('.graph .bars path')) await frame();
        await frame();
        await new Promise((seen) => setTimeout(seen));
        window.saidBefore = said();
        return performance.now() - started;
    }
"""
DRAW = """
    async (draws) => {
        const urls = performance.getEntriesByType('resource').map((one) => one.name);
        const parts = await Promise.all(urls.filter((url) => /plotly/.test(url)).map((url) => import(url)));
        const made = (one) => { try { return typeof one === 'function' ? one() : one; } catch { return null; } };
        const named = parts.flatMap((part) => Object.values(part)).map(made);
        const plotly = named.flatMap((one) => [one, one?.default]).find((one) => one?.newPlot);
        const shown = document.querySelector('.js-plotly-plot');
        const { data, layout } = shown;
        const times = [];
        for (let turn = 0; turn < draws; turn += 1) {
            const place = document.body.appendChild(document.createElement('div'));
            place.style.cssText = `width:${shown.clientWidth}px;height:${shown.clientHeight}px`;
            const copied = JSON.parse(JSON.stringify({ data, layout }));
            const started = performance.now();
            await plotly.newPlot(place, copied.data, copied.layout, { displayModeBar: false });
            place.getBoundingClientRect();
            times.push(performance.now() - started);
            plotly.purge(place);
            place.remove();
        }
        return times;
    }
"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--openings", type=int, default=40)
    asked.add_argument("--clients", type=int, default=50)
    asked.add_argument("--draws", type=int, default=30)
    options = asked.parse_args()
    url = make_database()
    world = World(0, url, people_of(url, options.clients))
    with portal(world) as server:
        asyncio.run(_measure(server, world.cookies, options.openings, options.draws))


async def _measure(server: Server, cookies: tuple[str, ...], openings: int, draws: int) -> None:
    async with _visitor(server, cookies[-1]) as page:
        drawn = await _draw(page, len(cookies), draws)
        for pause, how in LOOKS.items():
            async with _others(server, cookies[:-1], pause):
                painted = await _open_often(page, len(cookies), openings)
            what = f"a contract painted by Chromium, {len(cookies) - 1} others open theirs, {how}"
            _report(what, painted, 500, "from the click")
    _report("plotly draws the graph, its script being there", drawn, 200, "a month of days, nobody else")


@asynccontextmanager
async def _visitor(server: Server, cookie: str) -> AsyncIterator[Page]:
    """On the list of contracts."""
    name, _, value = cookie.partition("=")
    origin = f"http://{server.address}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        context = await browser.new_context(locale="fr-FR", base_url=origin)
        context.set_default_timeout(PATIENCE_MS)
        await context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = await context.new_page()
        await page.goto("/contrats")
        yield page
        await browser.close()


@asynccontextmanager
async def _others(server: Server, cookies: tuple[str, ...], pause: float) -> AsyncIterator[None]:
    """They load their contracts until the end, with so many seconds between."""
    async with AsyncExitStack() as stack:
        tabs = []
        for number, cookie in enumerate(cookies, start=1):
            tab = await stack.enter_async_context(raw_tab(server.address, cookie, f"/contrats/C{number}"))
            await tab.boot()
            tabs.append(tab)
        tasks = [asyncio.create_task(reopen(tab, math.inf, 0, pause)) for tab in tabs]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _open_often(page: Page, clients: int, openings: int) -> list[float]:
    """Milliseconds. From the list one contract after the other, so that no figure is there already; then its views."""
    times: list[float] = []
    contracts = cycle((f"C{clients}", f"C{clients + 1}"))
    while len(times) < AT_FIRST + openings:
        contract = next(contracts)
        await page.get_by_role("link", name=contract, exact=True).wait_for()
        times += [await page.evaluate(PAINTED, clicked) for clicked in (contract, *VIEWS)]
        await page.get_by_role("link", name="← Mes contrats").click()
    return times[AT_FIRST:]


async def _draw(page: Page, clients: int, draws: int) -> list[float]:
    """Milliseconds, of the view with most bars; back on the list afterwards."""
    await page.get_by_role("link", name=f"C{clients}", exact=True).wait_for()
    for clicked in (f"C{clients}", "Jours"):
        await page.evaluate(PAINTED, clicked)
    times: list[float] = await page.evaluate(DRAW, draws + AT_FIRST)
    await page.get_by_role("link", name="← Mes contrats").click()
    return times[AT_FIRST:]


def _report(what: str, times: list[float], aim: int, note: str) -> None:
    p50, p95 = (statistics.quantiles(times, n=20)[place] for place in (9, 18))
    print(f"| {what} | p50 {p50:.0f} ms, p95 {p95:.0f} ms, {len(times)} times | p95 {aim} ms | {note} |", flush=True)


if __name__ == "__main__":
    main()
