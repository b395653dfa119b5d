"""What the server asks of a page: to call one of its own functions, never to run a text as a script."""

import inspect
from typing import Any

from reflex_base.event import EventSpec, server_side

EVENT = "_ask_browser"  # performed by portail_app/serving/plugins.py


def ask_browser(function: str, *arguments: Any) -> EventSpec:
    """`function` is one that `assets/behaviour.js` puts in `globalThis`; the arguments are JSON."""
    return server_side(EVENT, inspect.signature(ask_browser), function=function, arguments=list(arguments))


def leave_for(address: str) -> EventSpec:
    """Takes the person to an address that is not one of the pages' own: Reflex's redirect would stay in the page. Told
    once and kept nowhere: what a state held would be told again to the page that comes back."""
    return ask_browser("leaveFor", address)


def focus_field(name: str) -> EventSpec:
    """Takes the person to a field of a form, by its name."""
    return ask_browser("focusControl", f"field-{name}")
