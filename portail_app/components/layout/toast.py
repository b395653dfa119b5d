"""Toasts: what an action did, said in words in a live region above everything, for as long as it is needed."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.components.basics.behaviour import RECEIVE_TOASTS
from portail_app.components.layout.notice import Kind
from portail_app.states.browser import ask_browser


def toast(words: str, kind: Kind = "success") -> EventSpec:
    """An event to return from a handler; a "danger" stays until it is closed."""
    return ask_browser("showToast", words, kind)


def toasts() -> rx.Component:
    """The live region, once, outside the pages: a toast survives a navigation."""
    return rx.el.div(
        role="status",
        aria_live="polite",
        class_name="toasts",
        custom_attrs={"popover": "manual", "ref": RECEIVE_TOASTS},
    )
