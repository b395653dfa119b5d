"""Memory of the server for each open page: `/factures`, hydrated, with its rows.

    python -m bench.memory [--pages 1000] [--settings]

Two batches are opened one after the other and the growth of both is told, the process's own memory alone (USS). The
reference is a bare websocket of the same server. `--settings` compares uvicorn's protocols, for `serving/server.py`.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import cycle, islice

from websockets.asyncio.client import connect

from bench.raw_tab import raw_tab
from bench.server import Server, portal
from bench.world import SIZES, World, open_world
from portail_app.settings import ROOT

PATH = "/factures"
TO_REACH = 130
AT_ONCE = 8
SETTLING_SECONDS = 3
PROTOCOLS = ("websockets", "websockets-sansio", "wsproto")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--pages", type=int, default=1000)
    asked.add_argument("--subscribers", type=int, nargs="+", default=SIZES)
    asked.add_argument("--settings", action="store_true")
    options = asked.parse_args()
    if options.settings:
        compare_settings(open_world(min(options.subscribers)), options.pages)
        return
    for subscribers in options.subscribers:
        world = open_world(subscribers)
        grown = [measure(world, what, options.pages) for what in ("page", "socket")]
        report(subscribers, options.pages, *grown)


def compare_settings(world: World, pages: int) -> None:
    for protocol in PROTOCOLS:
        for deflate in (True, False):
            grown = measure(world, "page", pages, ws=protocol, ws_per_message_deflate=deflate)
            name = f"{protocol}, permessage-deflate {'on' if deflate else 'off'}"
            print(f"| {name} | {grown[0]:.0f} KB, {grown[1]:.0f} KB |", flush=True)


def measure(world: World, what: str, pages: int, **options: str) -> tuple[float, float]:
    """Kilobytes for each of the first `pages`, and for each of as many again."""
    with portal(world, **options) as server, _opened(server, world, what, 50):
        empty = _settled(server)
        with _opened(server, world, what, pages):
            once = _settled(server)
            with _opened(server, world, what, pages):
                twice = _settled(server)
    return (once - empty) / pages / 1000, (twice - once) / pages / 1000


def report(subscribers: int, pages: int, page: tuple[float, float], bare: tuple[float, float]) -> None:
    print(
        f"| memory per open session on {PATH}, {pages:,} and {2 * pages:,} open ({subscribers:,} subscribers) | "
        f"{page[0]:.0f} KB, then {page[1]:.0f} KB (to reach: {TO_REACH}) | "
        f"bare socket {bare[0]:.0f} KB, then {bare[1]:.0f} KB |",
        flush=True,
    )


def _settled(server: Server) -> int:
    time.sleep(SETTLING_SECONDS)
    return server.memory()


@contextmanager
def _opened(server: Server, world: World, what: str, pages: int) -> Iterator[None]:
    asked = json.dumps([server.address, world.cookies, what, pages])
    command = [sys.executable, "-c", "from bench.memory import load; load()"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as clients:
        assert clients.stdin
        assert clients.stdout
        clients.stdin.write(asked + "\n")
        clients.stdin.flush()
        if not clients.stdout.readline():
            raise RuntimeError("the clients' process ended")
        yield
        clients.stdin.close()


def load() -> None:
    """The clients' process: opens the pages, says so, and keeps them open until its input ends."""
    address, cookies, what, pages = json.loads(sys.stdin.readline())
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(_load(address, islice(cycle(cookies), pages), what))


async def _load(address: str, cookies: Iterator[str], what: str) -> None:
    async with AsyncExitStack() as stack:

        async def open_next() -> None:
            for cookie in cookies:
                await {"page": _open_page, "socket": _open_socket}[what](stack, address, cookie)

        await asyncio.gather(*(open_next() for _ in range(AT_ONCE)))
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.readline)


async def _open_page(stack: AsyncExitStack, address: str, cookie: str) -> None:
    tab = await stack.enter_async_context(raw_tab(address, cookie, PATH))
    await tab.boot()
    tab.keep_listening()


async def _open_socket(stack: AsyncExitStack, address: str, cookie: str) -> None:
    url = f"ws://{address}/_event/?EIO=4&transport=websocket"
    socket = await stack.enter_async_context(connect(url, additional_headers={"Cookie": cookie}, ping_interval=None))
    await socket.recv()


if __name__ == "__main__":
    main()
