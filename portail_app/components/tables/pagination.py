"""Paging by links, so that a page of a list can be bookmarked."""

import reflex as rx

from portail_app.components.basics.contents import Content, Flag, Words
from portail_app.components.basics.icon import icon
from portail_app.components.basics.link import link_button


def list_pages(place: rx.Var[dict[str, str]]) -> rx.Component:
    """The pages of a list whose state describes its place (states/places.py)."""
    return pagination(
        place["range"],
        previous_href=place["previous"],
        next_href=place["next"],
        has_previous=place["previous"] != "",
        has_next=place["next"] != "",
    )


def pagination(
    said: Content, *, previous_href: Words, next_href: Words, has_previous: Flag, has_next: Flag
) -> rx.Component:
    """`said` is where we are, in words: "Factures 1 à 24 sur 31"."""
    back = link_button(icon("chevron-left"), "Précédentes", href=previous_href, kind="secondary", rel="prev")
    on = link_button("Suivantes", icon("chevron-right"), href=next_href, kind="secondary", rel="next")
    return rx.el.nav(
        rx.el.p(said, aria_live="polite"),
        rx.el.div(rx.cond(has_previous, back), rx.cond(has_next, on), class_name="cluster"),
        aria_label="Pages de la liste",
        class_name="pages",
    )
