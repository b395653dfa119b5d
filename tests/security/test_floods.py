"""One who sends too much slows down themselves: the others are answered."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from uuid import uuid4

import psutil
import pytest
from websockets.exceptions import ConnectionClosed

from portail_app.serving.server import MESSAGE_BYTES
from tests.live_tabs import Tab, tab
from tests.security.handlers import named

PATIENCE_SECONDS = 2.0  # with the machine to itself, a tenth of it


@pytest.mark.parametrize(
    ("ending", "payload", "count"),
    [
        ("InvoicesState.look_for", {"form": {"recherche": "x"}}, 20_000),
        ("InvoicesState.load", {}, 5_000),
        ("InvoicesState.look_for", {"form": {"recherche": "x" * 200_000}}, 500),
        ("InvoicesState.look_for", {"wrong": 1}, 20_000),
    ],
)
async def test_thousands_of_events_of_one_tab_leave_the_others_answered(server, village, ending, payload, count):
    async with (
        tab(server, village.cast.alice.cookie) as hers,
        flooding(server, village.cast.bruno.cookie, named(ending), payload, count),
    ):
        laps = await answers(hers, seconds=4)
    assert max(laps) < PATIENCE_SECONDS


async def test_what_waits_of_one_who_sends_too_much_takes_little_memory(server, village):
    """Slow events, each of them large: the socket is read no faster than they are run."""
    form = {"form_data": {"email": "alice@example.fr", "password": "x" * 200_000}}
    before = memory_of(server)
    async with flooding(server, "", named("SignInState.sign_in"), form, 2_000):
        await asyncio.sleep(8)
        grown = memory_of(server) - before
    assert grown < 2_000 * 200_000 * 3 // 4  # of what was sent, part is garbage that is not collected yet


async def answers(opened: Tab, seconds: float) -> list[float]:
    """How long each of her events takes, one after the other."""
    end, laps = monotonic() + seconds, []
    while monotonic() < end:
        marker, start = uuid4().hex, monotonic()
        await opened.send(named("InvoicesState.look_for"), "/factures", form={"recherche": marker})
        await opened.wait_for_frame(marker, 20)
        laps.append(monotonic() - start)
        await asyncio.sleep(0.02)
    return laps


def memory_of(server: str) -> int:
    port = int(server.rpartition(":")[2])
    (pid,) = {c.pid for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port}
    return psutil.Process(pid).memory_info().rss


@asynccontextmanager
async def flooding(server: str, cookie: str, event: str, payload: dict, count: int) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.security.flood", server, cookie, event, str(count)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    process.stdin.write(json.dumps(payload).encode())
    process.stdin.close()
    try:
        assert await process.stdout.readline() == b"begun\n"
        yield
    finally:
        process.kill()
        await process.wait()


async def test_many_sockets_of_one_address_leave_the_others_answered(server, village):
    async with AsyncExitStack() as stack:
        hers = await stack.enter_async_context(tab(server, village.cast.alice.cookie))
        await asyncio.gather(*(stack.enter_async_context(tab(server)) for _ in range(100)))
        assert max(await answers(hers, seconds=1)) < PATIENCE_SECONDS


async def test_a_message_that_is_too_large_ends_its_own_socket_and_no_other(server, village):
    async with tab(server, village.cast.alice.cookie) as hers, tab(server, village.cast.bruno.cookie) as his:
        await his.send(named("InvoicesState.look_for"), form={"recherche": "x" * (MESSAGE_BYTES + 1)})
        with pytest.raises((ConnectionClosed, TimeoutError)):
            await answers(his, seconds=5)
        assert await answers(hers, seconds=0.5)
