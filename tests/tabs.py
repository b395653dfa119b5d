"""A browser's tab without a browser: a state tree with the cookie of whoever holds it."""

import json
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import reflex as rx

AnyState = TypeVar("AnyState", bound=rx.State)


class Browser(Protocol):
    """A person of the cast, or whoever else sends cookies."""

    @property
    def cookie(self) -> str: ...


def address_left_for(event: Any) -> str:
    """Where the page was asked to go; empty where it was asked for nothing of the kind."""
    asked = {str(name): json.loads(str(value)) for name, value in event.args} if event else {}
    return asked["arguments"][0] if asked.get("function") == "leaveFor" else ""


def redirect_of(event: Any) -> str:
    """The page of the portal that a handler leads to; empty where it leads to none."""
    asked = {str(name): json.loads(str(value)) for name, value in event.args} if event else {}
    return asked.get("path", "")


async def open_tab(state: type[AnyState], person: Browser | None, path: str = "/", **query: str) -> AnyState:
    """The state of that class in a new tab, on `path`, signed in as `person` (nobody where None)."""
    root = rx.State(_reflex_internal_init=True)
    _go(root, person, path, query)
    tab = await root.get_state(state)
    assert isinstance(tab, state)
    return tab


def move_tab(tab: rx.State, person: Browser | None, path: str, **query: str) -> None:
    """As when a link is followed: the states stay as they are."""
    _go(tab._get_root_state(), person, path, query)


def _go(root: Any, person: Browser | None, path: str, query: dict[str, str]) -> None:
    url = f"{path}?{urlencode(query)}" if query else path
    where = {
        "pathname": urlsplit(url).path,
        "asPath": url,
        "query": dict(parse_qsl(urlsplit(url).query)),
        "token": "tab",
        "headers": {
            "cookie": person.cookie if person else "",
            "host": "localhost:8000",
            "origin": "http://localhost:8000",
        },
    }
    root.router_data = root._update_router_vars(where, {})
