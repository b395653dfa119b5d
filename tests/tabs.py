"""A browser's tab without a browser: a state tree with the cookie of whoever holds it."""

from typing import TypeVar

import reflex as rx

from tests.cast import Person

AnyState = TypeVar("AnyState", bound=rx.State)


async def open_tab(state: type[AnyState], person: Person | None, path: str = "/", **query: str) -> AnyState:
    """The state of that class in a new tab, on `path`, signed in as `person` (nobody where None)."""
    root = rx.State(_reflex_internal_init=True)
    where = {
        "pathname": path,
        "asPath": path,
        "query": query,
        "token": "tab",
        "headers": {"cookie": person.cookie if person else "", "host": "localhost:8000"},
    }
    root.router_data = root._update_router_vars(where, {})
    tab = await root.get_state(state)
    assert isinstance(tab, state)
    return tab
