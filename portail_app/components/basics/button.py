"""Buttons: one primary a screen, the others secondary or quiet."""

from typing import Any, Literal

import reflex as rx

from portail_app.components.basics.contents import Content, Flag, Words, classes
from portail_app.components.basics.icon import icon as draw_icon

Kind = Literal["primary", "secondary", "quiet", "danger", "link"]


def button(
    *content: Content,
    kind: Kind = "primary",
    icon: str = "",
    busy: Flag = False,
    disabled: Flag = False,
    type: Literal["button", "submit", "reset"] = "button",
    **props: Any,
) -> rx.Component:
    """While `busy` it keeps the focus, says so to screen readers and takes no second press."""
    return rx.el.button(
        *_faced(icon, content),
        type=type,
        disabled=disabled,
        aria_busy=busy,
        aria_disabled=busy,
        class_name=classes("button", f"button-{kind}"),
        **props,
    )


def submit_button(label: Words, *, busy: Flag = False, kind: Kind = "primary", **props: Any) -> rx.Component:
    """It can be pressed once the page can answer: a press is never lost on a page that is only drawn."""
    return button(label, kind=kind, busy=busy, type="submit", disabled=~rx.State.is_hydrated, **props)


def icon_button(name: str, label: Words, *, kind: Kind = "quiet", **props: Any) -> rx.Component:
    """A square button whose word only screen readers and the tooltip say."""
    return rx.el.button(
        draw_icon(name),
        type="button",
        title=label,
        aria_label=label,
        class_name=classes("button", f"button-{kind}", "button-square"),
        **props,
    )


def _faced(icon: str, content: tuple[Content, ...]) -> tuple[Content, ...]:
    return (draw_icon(icon), *content) if icon else content
