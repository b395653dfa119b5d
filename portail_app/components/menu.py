"""Menus of actions, by the native popover: a click outside or Escape closes them."""

from typing import Any

import reflex as rx

from portail_app.components.contents import Content, Words
from portail_app.components.icon import icon as draw_icon
from portail_app.components.link import link


def menu(label: Words, *items: Content, id: str, icon: str = "ellipsis-vertical") -> rx.Component:
    """A button that opens a list of links and buttons under itself."""
    return rx.fragment(
        rx.el.button(
            draw_icon(icon),
            rx.el.span(label),
            type="button",
            class_name="button button-secondary",
            custom_attrs={"popoverTarget": id},
        ),
        rx.el.div(*items, class_name="menu", custom_attrs={"id": id, "popover": "auto"}),
    )


def menu_link(label: Words, *, href: Words, icon: str) -> rx.Component:
    return link(draw_icon(icon), label, href=href, class_name="menu-item")


def menu_button(label: Words, *, icon: str, **props: Any) -> rx.Component:
    return rx.el.button(draw_icon(icon), label, type="button", class_name="menu-item", **props)
