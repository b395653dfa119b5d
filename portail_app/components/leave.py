"""Leaving the page for an address that is not one of its own routes, without running a script sent by the server."""

import reflex as rx


def leave_for(destination: rx.Var[str] | str) -> rx.Component:
    """The browser asks for `destination` as soon as it is set: Reflex's own redirect would stay in the page."""
    return rx.cond(destination != "", rx.el.meta(custom_attrs={"httpEquiv": "refresh"}, content=f"0;url={destination}"))
