"""A browser's tab as raw websocket messages: what the server really sends, without a browser."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect

BOOT = "reflex___state____state.hydrate_and_load"
LOAD = "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal"
MARKER = "_rx_state_"
HYDRATED = "is_hydrated" + MARKER


class Tab:
    """Keeps what its page would show, by state and var, as deltas come in."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._changed = asyncio.Condition()
        self.shown: dict[str, dict[str, Any]] = {}
        self.latest: dict[str, Any] = {}
        self.deltas: list[dict[str, dict[str, Any]]] = []
        self.frames: list[str] = []
        self._hydrations: list[bool] = []

    def var(self, name: str) -> Any:
        """The value of a var by its name, as the page was last told it by any state; None where it never was."""
        return self.latest.get(name + MARKER)

    async def wait_for(self, name: str, expected: Any, seconds: float = 15) -> None:
        """Until the page shows that value, or one for which `expected(value)` is true."""
        meets = expected if callable(expected) else lambda value: value == expected
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: meets(self.var(name)))

    async def send(self, event: str, path: str = "/", /, **payload: Any) -> None:
        body = {"name": event, "payload": payload, "router_data": _place(path)}
        await self._socket.send("42/_event," + json.dumps(["event", body]))

    async def send_raw(self, message: str | bytes) -> None:
        await self._socket.send(message)

    async def wait_for_frame(self, part: str, seconds: float = 10) -> None:
        """Until the server has said something with those words in it."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: any(part in frame for frame in self.frames))

    async def navigate(self, path: str) -> None:
        """As a page does when a link is followed: without a payload."""
        await self._socket.send("42/_event," + json.dumps(["event", {"name": LOAD, "router_data": _place(path)}]))

    async def visit(
        self, path: str, seconds: float = 20, is_enough: Callable[[list[str]], bool] = lambda frames: False
    ) -> list[str]:
        """Follow a link and wait until the loaders of its page have run, or until `is_enough` of what was said since;
        that is the answer. What an earlier navigation still says does not count: a page unloads before it loads."""
        spoken, told = len(self.frames), len(self._hydrations)
        await self.navigate(path)
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: _is_loaded(self._hydrations[told:]) or is_enough(self.frames[spoken:]))
        return self.frames[spoken:]

    async def listen(self) -> None:
        async for message in self._socket:
            async with self._changed:
                self.frames.append(message)
                self._changed.notify_all()
            if message == "2":
                await self._socket.send("3")
            elif message.startswith("42/_event,"):
                await self._take(*json.loads(message.removeprefix("42/_event,")))

    async def _take(self, kind: str, update: dict[str, Any]) -> None:
        if kind != "event":
            return
        async with self._changed:
            self.deltas.append(update.get("delta", {}))
            for state, values in update.get("delta", {}).items():
                self.shown.setdefault(state, {}).update(values)
                self.latest.update(values)
                self._hydrations += [values[HYDRATED]] if HYDRATED in values else []
            self._changed.notify_all()


@asynccontextmanager
async def tab(
    server: str,
    cookie: str = "",
    path: str = "/",
    token: str | None = None,
    built_with: list[str] | None = None,
    **others: str,
) -> AsyncIterator[Tab]:
    """An open page on `server` ("host:port"), with that `Cookie` header and `others`, hydrated and loaded.

    `built_with` are the digests of the states whose defaults it holds, as a page says them when it first connects.
    """
    address = f"ws://{server}/_event/?EIO=4&transport=websocket&token={token or uuid4()}"
    headers = {"Cookie": cookie} if cookie else {}
    headers |= others
    async with connect(address, additional_headers=headers, max_size=None) as socket:
        await socket.recv()
        payload = {"hashes": built_with} if built_with else {}
        boot = {"event": {"name": BOOT, "payload": payload, "router_data": _place(path)}}
        await socket.send("40/_event," + json.dumps(boot))
        opened = Tab(socket)
        listening = asyncio.create_task(opened.listen())
        try:
            await opened.wait_for("is_hydrated", True, 20)
            yield opened
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def _place(path: str) -> dict[str, Any]:
    return {"pathname": path.partition("?")[0], "asPath": path, "query": {}}


def _is_loaded(told: list[bool]) -> bool:
    """Reflex tells a page that it is not hydrated before its loaders run, and that it is once they have."""
    return False in told and told[-1]
