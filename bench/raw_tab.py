"""A browser's tab as raw websocket messages, as light as can be: the server is measured, not the client."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from portail_app.serving.npm import WEB

BOOT = "reflex___state____state.hydrate_and_load"
HYDRATED = '"is_hydrated_rx_state_":true'
EVENT = "42/_event,"
DIGEST = re.compile("[0-9a-f]{16}")
HASHES = re.compile(r"""(?:["'`]?[0-9a-f]{16}["'`]?[,.]){2,}["'`]?[0-9a-f]{16}""")  # a list, or a text to split


class RawTab:
    """One connection; what the page would be told is returned as the text it comes in."""

    def __init__(self, socket: ClientConnection, path: str) -> None:
        self._socket = socket
        self._place: dict[str, Any] = {"pathname": path, "asPath": path, "query": {}}

    async def boot(self) -> list[str]:
        """Everything up to the end of the page's loading."""
        await self._socket.recv()
        body = {"event": {"name": BOOT, "payload": {"hashes": built_hashes()}, "router_data": self._place}}
        await self._socket.send("40/_event," + json.dumps(body))
        return await self.hear(HYDRATED)

    async def send(self, event: str, **payload: Any) -> None:
        body = {"name": event, "payload": payload, "router_data": self._place}
        await self._socket.send(EVENT + json.dumps(["event", body]))

    async def send_to(self, query: dict[str, str], event: str, **payload: Any) -> None:
        """As `send`, once the page's address has another query."""
        path = self._place["pathname"]
        self._place = {"pathname": path, "asPath": f"{path}?{urlencode(query)}", "query": query}
        await self.send(event, **payload)

    async def ping(self) -> None:
        """The least that the server answers."""
        await self._socket.send(EVENT + '["ping"]')
        await self.hear('"pong"')

    async def hear(self, mark: str) -> list[str]:
        """The messages up to the first that holds the mark."""
        heard = []
        while True:
            message = str(await self._socket.recv())
            if message == "2":
                await self._socket.send("3")
                continue
            heard.append(message)
            if mark in message:
                return heard

    def keep_listening(self) -> None:
        """From now on only so that the server is answered; ends with the connection."""
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        with suppress(ConnectionClosed):
            await self.hear("the end")


@asynccontextmanager
async def raw_tab(server: str, cookie: str, path: str) -> AsyncIterator[RawTab]:
    """On `server` ("host:port"). Compression is offered, as browsers do."""
    address = f"ws://{server}/_event/?EIO=4&transport=websocket&token={uuid4()}"
    async with connect(address, additional_headers={"Cookie": cookie}, max_size=None, ping_interval=None) as socket:
        yield RawTab(socket, path)


@cache
def built_hashes() -> list[str]:
    """What a browser sends on its first connection: the digests of the states that the pages were built with."""
    for script in (WEB / "build" / "client" / "assets").glob("*.js"):
        if found := HASHES.search(script.read_text()):
            return DIGEST.findall(found[0])
    raise RuntimeError("the built pages hold no digests of their states")


def vars_told(heard: list[str]) -> dict[str, Any]:
    """The last value of each var, by `State.name` without Reflex's markers."""
    told: dict[str, Any] = {}
    for message in heard:
        if message.startswith(EVENT):
            _, update = json.loads(message.removeprefix(EVENT))
            for state, values in update.get("delta", {}).items():
                told |= {f"{_short(state)}.{name.removesuffix('_rx_state_')}": value for name, value in values.items()}
    return told


def _short(state: str) -> str:
    return state.rpartition("____")[2]
