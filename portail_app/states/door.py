"""The door of the websocket: under which key a tab's state is kept, and which messages are let in.

Reflex keeps the state of a tab under a token that the browser names, and runs whatever handler a message names. Here
the key holds the session too, so that a tab's token opens nothing to who is signed in otherwise; and a handler runs
only if it declares who may trigger it (portail_app/states/access.py), or is one of Reflex's own that our pages call.
"""

import asyncio
import logging
from hashlib import sha256
from typing import Annotated, Any, NotRequired
from uuid import uuid4

import reflex as rx
from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError
from reflex.app import EventNamespace
from reflex.state import FrontendEventExceptionState, OnLoadInternalState
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from reflex_base.utils.format import format_event_handler
from typing_extensions import TypedDict

from portail_app.services.sessions import SESSION_COOKIE
from portail_app.states.access import access_of
from portail_app.states.viewers import read_cookie, viewers

WAITING_AT_MOST = 50  # events of one tab
PAUSE_SECONDS = 0.01
log = logging.getLogger(__name__)


def _entries(sent: Any) -> Any:
    """What a form sends is a list of pairs; Reflex would fail on another."""
    if isinstance(sent, dict) and FORM_DATA_ENTRIES_KEY in sent:
        _form.validate_python(sent[FORM_DATA_ENTRIES_KEY])
    return sent


Line = Annotated[str, StringConstraints(max_length=8_000)]
Argument = Annotated[Any, AfterValidator(_entries)]


class Place(TypedDict, total=False):
    """Where a tab is. What else a message says of it is left out: Reflex would keep it in the state."""

    pathname: Line
    asPath: Line
    query: dict[str, Line]


class Message(TypedDict):
    """A navigation inside the portal has no payload; the message that boots a page has both."""

    name: str
    payload: NotRequired[dict[str, Argument]]
    router_data: NotRequired[Place]


class Boot(TypedDict, total=False):
    """What the first event may say. No var of ours is kept in the browser, so it brings none back."""

    hashes: list[str] | None


class Nothing(TypedDict):
    """What a navigation says."""


BOOT = format_event_handler(rx.State.event_handlers["hydrate_and_load"])
LOAD = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])
REPORT = format_event_handler(FrontendEventExceptionState.event_handlers["handle_frontend_exception"])
OF_THE_PAGE: dict[str, TypeAdapter[Any]] = {
    BOOT: TypeAdapter(Boot),
    LOAD: TypeAdapter(Nothing),
    REPORT: TypeAdapter(dict[str, str]),
}
_message = TypeAdapter(Message)
_form = TypeAdapter(list[tuple[str, Any]])


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
        message = self._admit(data) if sid in self.sid_to_token else None
        if message is not None and message["name"] == REPORT:
            await self.on_client_error(sid, {"error_type": "page", "message": message["payload"].get("info", "")})
        elif message is not None:
            await super().on_event(sid, message)
        await self._give_way(sid)

    def _admit(self, data: Any) -> Message | None:
        """The message without what we do not know, or None where it is not one that our pages send."""
        try:
            message = {"payload": {}, "router_data": {}} | _message.validate_python(data, strict=True)
            if message["name"] in OF_THE_PAGE:
                message["payload"] = OF_THE_PAGE[message["name"]].validate_python(message["payload"], strict=True)
                return message
        except ValidationError:
            return None
        registered = self.app._registration_context.event_handlers.get(message["name"])
        return message if registered and access_of(registered.handler.fn) else None

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
