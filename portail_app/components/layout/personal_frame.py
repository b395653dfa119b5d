"""The frame of « Mes données personnelles »: one title, and the pages that it is made of as tabs."""

import reflex as rx

from portail_app.components.basics.contents import Content
from portail_app.components.basics.link import link
from portail_app.components.layout.frame import portal_layout
from portail_app.components.layout.tabs import tab, tabs

TITLE = "Mes données personnelles"
HOME = "/donnees-personnelles"
PARTS = (
    (HOME, "Mes informations"),
    (f"{HOME}/messages", "Messages reçus"),
    (f"{HOME}/personnes-autorisees", "Personnes autorisées"),
    (f"{HOME}/sessions", "Sessions et accès"),
    (f"{HOME}/mes-donnees", "Copie et suppression"),
)


def personal_layout(route: str, *content: Content, actions: Content = "") -> rx.Component:
    """One of `PARTS`, named by its route."""
    parts = [tab(label, href=address, current=address == route) for address, label in PARTS]
    return portal_layout(TITLE, tabs(TITLE, *parts), *content, actions=actions)


def personal_form_layout(title: str, *content: Content) -> rx.Component:
    """A page under « Mes informations » that does one thing."""
    return portal_layout(title, rx.el.p(link(f"← {TITLE}", href=HOME)), *content)
