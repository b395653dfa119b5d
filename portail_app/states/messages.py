"""What a message of a page looks like on the websocket: what else one says is left out, and another shape is none.

Reflex runs whatever handler a message names. Here it runs only if it declares who may trigger it
(portail_app/states/access.py), or is one of Reflex's own that our pages call.
"""

from typing import Annotated, Any, NotRequired

import reflex as rx
from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError
from reflex.state import FrontendEventExceptionState, OnLoadInternalState
from reflex_base.registry import RegisteredEventHandler
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from reflex_base.utils.format import format_event_handler
from typing_extensions import TypedDict

from portail_app.states.access import access_of


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


def read_message(sent: Any, handlers: dict[str, RegisteredEventHandler]) -> Message | None:
    """The message without what we do not know, or None where it is not one that our pages send."""
    try:
        message = {"payload": {}, "router_data": {}} | _message.validate_python(sent, strict=True)
        if message["name"] in OF_THE_PAGE:
            message["payload"] = OF_THE_PAGE[message["name"]].validate_python(message["payload"], strict=True)
            return message
    except ValidationError:
        return None
    registered = handlers.get(message["name"])
    return message if registered and access_of(registered.handler.fn) else None
