"""Staff suspend payment: until the last of 1,000 open pages shows it, beside a bare broadcast of the same words.

    python -m bench.suspend_push [--pages 1000] [--rounds 9] [--workers 1]

A page is a websocket to the portal's real server, signed in and loaded as a browser's would be. The clock starts before
the transaction that suspends. The reference is python-socketio alone on the same uvicorn, told by one socket to say the
same message to as many; the two alternate. One process holds all the pages of both, so its own cost is in both figures.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

import psutil
import psycopg

from bench.open_pages import OpenPages
from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.migrations import migrate
from portail_app.settings import ROOT
from tests.backend import backend

PEOPLE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65536, most) if most > 0 else 65536, most))
    with _database() as url:
        ours, bare = asyncio.run(_race(url, options.pages, options.rounds, options.workers))
    print("| what | measured | reference | ratio | command |\n|---|---|---|---|---|")
    print(_row(options, ours, bare))


@contextmanager
def _database() -> Iterator[str]:
    """An empty one of its own, which is also this process's."""
    server, name = start_embedded_postgres(ROOT / "build" / "bench-postgres"), f"suspend_push_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = url = server.replace("/postgres?", f"/{name}?")
        migrate(url)
        yield url
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def _race(url: str, count: int, rounds: int, workers: int) -> tuple[list[float], list[float]]:
    from bench.demo_town import found_town, suspend

    utility, staff, cookies = await found_town(PEOPLE)
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(backend(url)) for _ in range(workers)]
        reference = await stack.enter_async_context(backend(url, module="bench.bare_socket"))
        pages = await stack.enter_async_context(OpenPages(servers, count, cookies))
        listeners = await stack.enter_async_context(OpenPages([reference], count))
        spent = _processor_seconds("tests.backend"), _processor_seconds("bench.bare_socket")
        ours, bare = [], []
        for turn in range(rounds + 1):  # the first is not counted
            words = f"Essai {turn} du banc"
            ours.append(await pages.time_until_all_see(words, suspend(staff, utility, words)))
            said = json.dumps(["say", json.loads(pages.last_seen)[1]])
            bare.append(await listeners.time_until_all_see(words, listeners.send(f"42/_event,{said}")))
            await asyncio.sleep(0.3)
        for module, before in zip(("tests.backend", "bench.bare_socket"), spent, strict=True):
            each = (_processor_seconds(module) - before) / (rounds + 1)
            print(f"{module}: {each * 1000:.0f} ms of processor for one push", file=sys.stderr)
        return ours[1:], bare[1:]


def _processor_seconds(module: str) -> float:
    """Of the servers that run this module: what a busy machine does not change."""
    ours = [child for child in psutil.Process().children() if module in child.cmdline()]
    return sum(sum(child.cpu_times()[:2]) for child in ours)


def _row(options: argparse.Namespace, ours: list[float], bare: list[float]) -> str:
    measured, reference = statistics.median(ours), statistics.median(bare)
    worst = max(ours)
    what = f"staff suspend: until the last of {options.pages:,} open pages shows it ({options.workers} worker)"
    figures = f"{measured * 1000:.0f} ms (worst of {options.rounds}: {worst * 1000:.0f}) | {reference * 1000:.0f} ms"
    return f"| {what} | {figures} | {measured / reference:.2f} | `python -m bench.suspend_push` |"


if __name__ == "__main__":
    main()
