"""Tells many tabs one thing at once, without waking their states: Reflex's own message, to a room of the socket.

It leans on three things that Reflex does not promise, and its test fails when one of them changes: the socket's event,
the shape of a `StateUpdate`, and the marker after the names of vars.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import reflex as rx
from reflex.app import EventNamespace
from reflex.state import StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.constants.state import FIELD_MARKER

ROOM = "site:"


class Headers(NamedTuple):
    cookie: str
    host: str


class Broadcast:
    """The tabs whose websocket this worker holds, and the one state whose vars they are told."""

    def __init__(self, namespace: EventNamespace, state: type[rx.State]) -> None:
        self._namespace = namespace
        self._state_name = state.get_full_name()

    async def join(self, tab: str, *rooms: str) -> bool:
        """Put the tab into those rooms and no others. False where it is already gone; a tab that closes leaves."""
        if not self.is_open(tab):
            return False
        for former in self._namespace.rooms(tab):
            if former.startswith(ROOM) and former not in rooms:
                await self._namespace.leave_room(tab, former)
        for room in rooms:
            await self._namespace.enter_room(tab, room)
        return True

    def is_open(self, tab: str) -> bool:
        """Whether this worker holds that tab's websocket."""
        return bool(self._namespace.server.manager.is_connected(tab, self._namespace.namespace))

    def is_in(self, tab: str, room: str) -> bool:
        return room in self._namespace.rooms(tab)

    def tabs_in(self, room: str) -> list[str]:
        return [tab for tab, _ in self._namespace.server.manager.get_participants(self._namespace.namespace, room)]

    def tabs_in_rooms(self, beginning: str) -> list[str]:
        """Of every room whose name begins so."""
        rooms = self._namespace.server.manager.rooms.get(self._namespace.namespace, {})
        return [tab for room in list(rooms) if room and room.startswith(beginning) for tab in self.tabs_in(room)]

    def headers(self, tab: str) -> Headers | None:
        """What the tab's browser said when it connected; None where it is gone."""
        environ = self._namespace.server.get_environ(tab, self._namespace.namespace)
        return Headers(environ.get("HTTP_COOKIE", ""), environ.get("HTTP_HOST", "")) if environ else None

    def is_heard(self, room: str) -> bool:
        """Whether a tab is in it."""
        return room in self._namespace.server.manager.rooms.get(self._namespace.namespace, {})

    async def tell(self, to: str, values: Mapping[str, Any]) -> None:
        """Set vars in one tab or in all those of a room, in the order of the calls."""
        delta = {self._state_name: {f"{name}{FIELD_MARKER}": value for name, value in values.items()}}
        await self._namespace.emit(str(SocketEvent.EVENT), StateUpdate(delta=delta), to=to)
