"""Who may trigger an event: every handler wears one of these, and a test fails for one that does not.

The viewer is found from the HttpOnly cookie of the websocket's handshake at each event, and injected; the browser can
neither send it nor see it. What the browser does send is checked too (`arguments.py`).
"""

import inspect
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import unquote

import reflex as rx

from portail_app.errors import Forbidden, Invalid, NotSignedIn, Unavailable
from portail_app.states.arguments import Arguments
from portail_app.states.stranded import stranded
from portail_app.states.viewers import viewers
from portail_app.viewer import Viewer

Handler = TypeVar("Handler", bound=Callable[..., Any])
LOADER = "load"  # the handler that a page names in its on_load


class Access(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    SUBSCRIBER = "subscriber"
    STAFF = "staff"


def public_event(handler: Handler) -> Handler:
    """Anybody, signed in or not."""
    return _guarded(handler, Access.PUBLIC)


def subscriber_event(handler: Handler) -> Handler:
    """Whoever is signed in and holds a subscriber."""
    return _guarded(handler, Access.SUBSCRIBER)


def subscriber_watch(handler: Handler) -> Handler:
    """The same, beside the tab's other events, until it ends or begins again; it assigns inside `async with self`."""
    return _guarded(handler, Access.SUBSCRIBER, is_watch=True)


def staff_watch(handler: Handler) -> Handler:
    """As `subscriber_watch`, for staff."""
    return _guarded(handler, Access.STAFF, is_watch=True)


def staff_event(handler: Handler) -> Handler:
    """Whoever has a role in a utility. Which rank is needed is the service's rule."""
    return _guarded(handler, Access.STAFF)


def signed_in_event(handler: Handler) -> Handler:
    """Whoever is signed in, subscriber or staff: their own account's affairs."""
    return _guarded(handler, Access.SIGNED_IN)


def signed_in_watch(handler: Handler) -> Handler:
    """The same, beside the tab's other events, as `subscriber_watch` is."""
    return _guarded(handler, Access.SIGNED_IN, is_watch=True)


def access_of(handler: Callable[..., Any]) -> Access | None:
    """What a registered handler declared, or None for one that declared nothing."""
    return getattr(handler, "_access", None)


async def readmit(state: rx.State, access: Access = Access.SUBSCRIBER) -> Viewer:
    """Who may go on watching, asked at each turn: a session that has ended is told no more. Raises as an event does."""
    return await _admit(state, access)


def _guarded(handler: Handler, access: Access, *, is_watch: bool = False) -> Any:
    arguments = Arguments(handler)
    wrap = _guard_generator if inspect.isasyncgenfunction(handler) else _guard_coroutine
    guarded: Any = wrap(handler, access, arguments)
    guarded.__signature__ = arguments.signature
    guarded.__annotations__ = {name: kind for name, kind in handler.__annotations__.items() if name != "viewer"}
    guarded._access = access
    register: Any = rx.event(background=True, supersedes=True) if is_watch else rx.event  # noqa: TID251  only here
    return register(guarded)


def _guard_coroutine(handler: Handler, access: Access, arguments: Arguments) -> Any:
    @wraps(handler)
    async def guarded(self: rx.State, /, *given: Any, **sent: Any) -> Any:
        try:
            viewer = await _admit(self, access)
            return await handler(self, **arguments.check(given, sent, viewer))
        except Unavailable:
            if handler.__name__ == LOADER:
                stranded.note(self)
            raise

    return guarded


def _guard_generator(handler: Handler, access: Access, arguments: Arguments) -> Any:
    @wraps(handler)
    async def guarded(self: rx.State, /, *given: Any, **sent: Any) -> AsyncIterator[Any]:
        viewer = await _admit(self, access)
        async for event in handler(self, **arguments.check(given, sent, viewer)):
            yield event

    return guarded


async def _admit(state: rx.State, access: Access) -> Viewer:
    router = state.router  # Reflex puts it together each time that it is asked for
    if "\0" in unquote(router.url):
        raise Invalid
    viewer = await viewers.find(router.headers.cookie)
    if access is Access.PUBLIC:
        return viewer
    if not viewer.is_signed_in:
        raise NotSignedIn(_path_of(state))
    if not _may(viewer, access):
        raise Forbidden
    return viewer.as_subscriber() if access is Access.SUBSCRIBER else viewer


def _path_of(state: rx.State) -> str:
    url = state.router.url
    return f"{url.path}?{url.query}" if url.query else url.path or "/"


def _may(viewer: Viewer, access: Access) -> bool:
    if access is Access.STAFF:
        return viewer.is_staff
    return access is Access.SIGNED_IN or bool(viewer.subscriber_ids)
