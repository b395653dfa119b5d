"""Connections per second and core, from the socket to the last row of `/factures`.

    python -m bench.connections [--seconds 15] [--clients 8] [--subscribers 10000 100000]

The clients are raw websockets in a process of their own. "Per core" divides by what the server's process used; what
PostgreSQL used is told beside it. The reference is the same server's bare socket: connect, first packet, close.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from itertools import cycle
from typing import NamedTuple

from websockets.asyncio.client import connect

from bench.raw_tab import raw_tab, vars_told
from bench.server import Server, portal
from bench.world import SIZES, open_world
from portail_app.settings import ROOT

PATH = "/factures"
ROWS = 20
TO_REACH = 250
FIRST_SECONDS = 3  # not counted: pools fill, sessions are looked up once


class Rate(NamedTuple):
    """Of one run: per second, per second of the server's processor, and seconds of PostgreSQL for each."""

    per_second: float
    per_core: float
    postgres: float


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=15)
    asked.add_argument("--clients", type=int, default=8)
    asked.add_argument("--subscribers", type=int, nargs="+", default=SIZES)
    options = asked.parse_args()
    for subscribers in options.subscribers:
        with portal(world := open_world(subscribers)) as server:
            rates = [
                measure(server, world.cookies, what, options.clients, options.seconds) for what in ("page", "socket")
            ]
        report(subscribers, *rates)


def measure(server: Server, cookies: tuple[str, ...], what: str, clients: int, seconds: float) -> Rate:
    _run_clients(server, cookies, what, clients, FIRST_SECONDS)
    before = server.spent()
    done, lasted = _run_clients(server, cookies, what, clients, seconds)
    after = server.spent()
    return Rate(done / lasted, done / (after.portal - before.portal), (after.postgres - before.postgres) / done)


def report(subscribers: int, page: Rate, bare: Rate) -> None:
    print(
        f"| connections per second and core, to the rows of {PATH} ({subscribers:,} subscribers) | "
        f"{page.per_core:.0f} (to reach: {TO_REACH}) | bare socket {bare.per_core:.0f}, "
        f"ratio {page.per_core / bare.per_core:.2f} | {page.per_second:.0f}/s with its clients on the same cores; "
        f"PostgreSQL {page.postgres * 1000:.2f} ms each |",
        flush=True,
    )


def _run_clients(
    server: Server, cookies: tuple[str, ...], what: str, clients: int, seconds: float
) -> tuple[int, float]:
    in_any_order = random.sample(cookies, len(cookies))
    asked = json.dumps([server.address, in_any_order, what, clients, seconds])
    command = [sys.executable, "-c", "from bench.connections import load; load()"]
    done = subprocess.run(command, input=asked, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    count, lasted = json.loads(done.stdout)
    return count, lasted


def load() -> None:
    """The clients' process: asked on its input, answers how many in how long."""
    address, cookies, what, clients, seconds = json.loads(sys.stdin.read())
    print(json.dumps(asyncio.run(_load(address, cookies, what, clients, seconds))))


async def _load(address: str, cookies: list[str], what: str, clients: int, seconds: float) -> tuple[int, float]:
    visit = {"page": _visit, "socket": _knock}[what]
    turns = cycle(cookies)
    started = time.perf_counter()

    async def visit_again_and_again() -> int:
        count = 0
        while time.perf_counter() - started < seconds:
            await visit(address, next(turns))
            count += 1
        return count

    counts = await asyncio.gather(*(visit_again_and_again() for _ in range(clients)))
    return sum(counts), time.perf_counter() - started


async def _visit(address: str, cookie: str) -> None:
    async with raw_tab(address, cookie, PATH) as tab:
        heard = await tab.boot()
    rows = vars_told(heard).get("invoices_state.invoices", ())
    if len(rows) != ROWS:
        raise RuntimeError(f"{len(rows)} rows instead of {ROWS}")


async def _knock(address: str, cookie: str) -> None:
    async with connect(
        f"ws://{address}/_event/?EIO=4&transport=websocket", additional_headers={"Cookie": cookie}
    ) as socket:
        await socket.recv()


if __name__ == "__main__":
    main()
