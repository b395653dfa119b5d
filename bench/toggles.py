"""One invoice chosen or left out on `/paiement`: from the click's message to the new total's.

    python -m bench.toggles [--seconds 10] [--subscribers 10000 100000]

The clients are raw websockets in a process of their own. The reference is the same server's bare answer on the same
sockets: an event that asks for nothing but a pong.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import cycle
from typing import NamedTuple

from bench.raw_tab import RawTab, raw_tab, vars_told
from bench.server import Server, portal
from bench.world import SIZES, open_world
from portail_app.settings import ROOT

PATH = "/paiement"
TOGGLE = "reflex___state____state.portail_app___states___payment_choice____payment_choice_state.toggle"
CHOSEN = '"selected_rx_state_"'
FIRST_SECONDS = 1.0  # not counted
MANY = 50

Act = Callable[[], Awaitable[None]]


class Answers(NamedTuple):
    """Of one run: milliseconds of half of the round trips at most, how many a second, and a second of processor."""

    p50: float
    per_second: float
    per_core: float


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--subscribers", type=int, nargs="+", default=SIZES)
    options = asked.parse_args()
    for subscribers in options.subscribers:
        with portal(world := open_world(subscribers)) as server:
            for clients in (1, MANY):
                toggles, pongs = (
                    measure(server, world.cookies[:clients], what, options.seconds) for what in ("toggle", "ping")
                )
                report(subscribers, clients, toggles, pongs)


def measure(server: Server, cookies: tuple[str, ...], what: str, seconds: float) -> Answers:
    asked = json.dumps([server.address, cookies, what, seconds])
    command = [sys.executable, "-c", "from bench.toggles import load; load()"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as clients:
        assert clients.stdin
        assert clients.stdout
        clients.stdin.write(asked + "\n")
        clients.stdin.flush()
        clients.stdout.readline()  # the pages are open and warm
        before = server.spent()
        clients.stdin.write("go\n")
        clients.stdin.flush()
        p50, count, lasted = json.loads(clients.stdout.readline())
        used = server.spent().portal - before.portal
    return Answers(p50 * 1000, count / lasted, count / used)


def report(subscribers: int, clients: int, toggles: Answers, pongs: Answers) -> None:
    aims = "1 ms" if clients == 1 else "25 ms, 2,000/s"
    print(
        f"| selection toggle, {clients} client{'s' if clients > 1 else ''} ({subscribers:,} subscribers) | "
        f"p50 {toggles.p50:.2f} ms, {toggles.per_second:,.0f}/s (to reach: {aims}) | "
        f"a pong on the same sockets: p50 {pongs.p50:.2f} ms, {pongs.per_second:,.0f}/s | "
        f"{toggles.per_core:,.0f} per core |",
        flush=True,
    )


def load() -> None:
    """The clients' process: told what to do, says when it is ready, then answers."""
    address, cookies, what, seconds = json.loads(sys.stdin.readline())
    asyncio.run(_load(address, cookies, what, seconds))


async def _load(address: str, cookies: list[str], what: str, seconds: float) -> None:
    prepare = {"toggle": _toggling, "ping": _pinging}[what]
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(raw_tab(address, cookie, PATH)) for cookie in cookies]
        acts = [await prepare(tab) for tab in tabs]
        await _repeat(acts, FIRST_SECONDS)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        started = time.perf_counter()
        took = await _repeat(acts, seconds)
        lasted = time.perf_counter() - started
        print(json.dumps([statistics.median(took), len(took), lasted]), flush=True)


async def _repeat(acts: list[Act], seconds: float) -> list[float]:
    """Each tab acts as soon as it was answered; the seconds of every round trip."""
    until = time.perf_counter() + seconds
    took: list[float] = []

    async def repeat(act: Act) -> None:
        while (started := time.perf_counter()) < until:
            await act()
            took.append(time.perf_counter() - started)

    await asyncio.gather(*map(repeat, acts))
    return took


async def _toggling(tab: RawTab) -> Act:
    """Each of the payable invoices in turn, so that they are chosen one by one, then left out one by one."""
    payables = vars_told(await tab.boot())["payment_choice_state.payables"]
    invoices = cycle([payable["invoice"]["id"] for payable in payables if not payable["obstacle"]])

    async def toggle() -> None:
        await tab.send(TOGGLE, invoice_id=next(invoices))
        await tab.hear(CHOSEN)

    return toggle


async def _pinging(tab: RawTab) -> Act:
    await tab.boot()
    return tab.ping


if __name__ == "__main__":
    main()
