"""Notices: what must be known, in words, with the icon and the colour of its kind."""

from typing import Any, Literal

import reflex as rx

from portail_app.components.basics.contents import Content, classes
from portail_app.components.basics.icon import icon

Kind = Literal["info", "success", "warning", "danger"]

_ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "danger": "circle-alert"}


def notice(*content: Content, kind: Kind = "info", action: Content = "", **props: Any) -> rx.Component:
    """Part of the page; give `role="status"` (or `role="alert"`) where it appears while the page is read."""
    return rx.el.div(
        icon(_ICONS[kind]),
        rx.el.div(*content),
        action,
        class_name=classes("notice", f"notice-{kind}"),
        **props,
    )


def only_seen(deed: str) -> rx.Component:
    """In the place of a form that would be refused; `deed` as in « peut transmettre une relève »."""
    return notice(f"Seul le titulaire de l’abonnement, ou un délégué qui peut payer, peut {deed}.")
