"""A line of a menu, which the native popover opens: a click outside or Escape closes it."""

import reflex as rx

from portail_app.components.basics.contents import Words
from portail_app.components.basics.icon import icon as draw_icon
from portail_app.components.basics.link import link


def menu_link(label: Words, *, href: Words, icon: str) -> rx.Component:
    return link(draw_icon(icon), label, href=href, class_name="menu-item")
