"""Empty states: what will appear here, and what can be done."""

import reflex as rx

from portail_app.components.contents import Content, Words
from portail_app.components.icon import icon as draw_icon


def empty(title: Words, *explanation: Content, icon: str = "inbox", action: Content = "") -> rx.Component:
    return rx.el.div(
        draw_icon(icon), rx.el.h2(title), rx.el.p(*explanation, class_name="muted"), action, class_name="empty"
    )
