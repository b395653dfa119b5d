"""The door of the websocket: under which key a tab's state is kept, and which messages are let in, how fast.

Reflex keeps the state of a tab under a token that the browser names. Here the key holds the session too, so that a
tab's token opens nothing to who is signed in otherwise.
"""

import asyncio
import logging
from hashlib import sha256
from typing import Any
from uuid import uuid4

import reflex as rx
from reflex.app import EventNamespace

from portail_app.services.sessions import SESSION_COOKIE
from portail_app.states.messages import LOAD, REPORT, read_message
from portail_app.states.stranded import stranded
from portail_app.states.viewers import read_cookie, viewers

WAITING_AT_MOST = 50  # events of one tab
PAUSE_SECONDS = 0.01
log = logging.getLogger(__name__)


class Door(EventNamespace):
    """Takes the place of Reflex's own namespace: `open_door(app)`."""

    async def on_connect(self, sid: str, environ: Any = None, auth: Any = None, *_: Any) -> None:
        """A browser can send a message named `connect` too, with an `environ` of its own making."""
        if environ is not None and environ is self._environ(sid):
            await super().on_connect(sid, environ, auth)

    async def link_token_to_sid(self, sid: str, token: str, *, update_state: bool = True) -> None:
        key = await key_of(token, self._environ(sid).get("HTTP_COOKIE", ""))
        await super().link_token_to_sid(sid, key, update_state=update_state)

    async def on_event(self, sid: str, data: Any = None, *_: Any) -> None:
        handlers = self.app._registration_context.event_handlers
        message = read_message(data, handlers) if sid in self.sid_to_token else None
        if message is not None and message["name"] == REPORT:
            await self.on_client_error(sid, {"error_type": "page", "message": message["payload"].get("info", "")})
        elif message is not None:
            if message["name"] == LOAD:
                stranded.forget(sid)
            await super().on_event(sid, message)
        await self._give_way(sid)

    async def load_again(self, sid: str, path: str) -> None:
        """As if the page had navigated to where it is."""
        place = {"pathname": path.partition("?")[0], "asPath": path, "query": {}}
        if sid in self.sid_to_token:
            await super().on_event(sid, {"name": LOAD, "payload": {}, "router_data": place})
            await self._give_way(sid)

    async def _give_way(self, sid: str) -> None:
        """A socket is read no faster than its events are run: others have their turn between, and the rest waits in
        the network of who sends too much."""
        await asyncio.sleep(0)
        waiting = self.app.event_processor._token_queues
        while len(waiting.get(self.sid_to_token.get(sid, ""), ())) > WAITING_AT_MOST:  # noqa: ASYNC110  Reflex tells nobody
            await asyncio.sleep(PAUSE_SECONDS)

    def _environ(self, sid: str) -> Any:
        return self.server.get_environ(sid, self.namespace)


def open_door(app: rx.App) -> None:
    """Put the door into the place of the namespace that the app has made."""
    former, server = app.event_namespace, app.sio
    assert former is not None
    assert server is not None
    app._event_namespace = Door(former.namespace, app)
    server.register_namespace(app._event_namespace)
    # It would write what was sent, passwords included, where a form is malformed.
    logging.getLogger("reflex_base.event.processor.base_state_processor").setLevel(logging.ERROR)


async def key_of(token: str, cookie_header: str) -> str:
    """The key of a tab's state: another's session, or one that has ended, leads to another key."""
    try:
        viewer = await viewers.find(cookie_header)
    except Exception:
        log.warning("Nobody could be recognised at the door.", exc_info=True)
        return uuid4().hex
    session = read_cookie(cookie_header, SESSION_COOKIE) if viewer.is_signed_in else ""
    return sha256(f"{token}\0{session}".encode(errors="replace")).hexdigest()
