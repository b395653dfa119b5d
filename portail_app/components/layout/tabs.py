"""Tabs that live in the URL: links, the current one said by aria-current."""

import reflex as rx

from portail_app.components.basics.contents import Content, Flag, Words
from portail_app.components.basics.link import link


def tabs(label: str, *links: Content) -> rx.Component:
    """`label` names the group for screen readers: "Factures"."""
    return rx.el.nav(*links, aria_label=label, class_name="tabs")


def tab(*content: Content, href: Words, current: Flag) -> rx.Component:
    return link(*content, href=href, class_name="tab", aria_current=_page_or_false(current))


def _page_or_false(current: Flag) -> Words:
    if isinstance(current, rx.Var):
        return rx.cond(current, "page", "false")
    return "page" if current else "false"
