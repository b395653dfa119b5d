"""Links: inside the portal without reloading it; to documents, by an ordinary navigation."""

from typing import Any, ClassVar

import reflex as rx
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink

from portail_app.components.basics.contents import Content, Words, classes


class NavigationLink(ReactRouterLink):
    """React Router's link that carries aria-current="page" on the page it leads to, and on the pages below that."""

    tag = "NavLink"
    alias = "NavigationLink"
    _invalid_children: ClassVar[list[str]] = ["A", "NavigationLink"]


def link(*content: Content, href: Words, class_name: str = "", **props: Any) -> rx.Component:
    """To another page of the portal."""
    return rx.el.a(*content, href=href, class_name=class_name, **props)


def document_link(*content: Content, href: Words, class_name: str = "", **props: Any) -> rx.Component:
    """To what is not a page of the portal: a file, another site, a place in the page. `rx.el.a` would not leave."""
    return A.create(*content, href=href, class_name=class_name, **props)


def link_button(
    *content: Content, href: Words, kind: str = "primary", document: bool = False, **props: Any
) -> rx.Component:
    """A link that looks like a button; `document` for a file or another site."""
    make = document_link if document else link
    return make(*content, href=href, class_name=classes("button", f"button-{kind}"), **props)
