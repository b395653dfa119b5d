"""Empty states: what will appear here, and what can be done."""

import reflex as rx

from portail_app.components.basics.contents import Content, Words
from portail_app.components.basics.icon import icon as draw_icon
from portail_app.components.basics.link import link_button


def empty(title: Words, *explanation: Content, icon: str = "inbox", action: Content = "") -> rx.Component:
    return rx.el.div(
        draw_icon(icon), rx.el.h2(title), rx.el.p(*explanation, class_name="muted"), action, class_name="empty"
    )


def unfound(place: rx.Var[dict[str, str]]) -> rx.Component:
    """For a list whose state describes its place (states/places.py): nothing is where it was looked for."""
    everything = link_button("Tout afficher", href=place["all"], kind="secondary")
    return empty("Rien ne correspond", "Essayez un autre jour ou d’autres mots.", icon="search", action=everything)
