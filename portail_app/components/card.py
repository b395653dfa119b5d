"""Cards: one subject each, headed by its name; and facts as label and value."""

from typing import Any

import reflex as rx

from portail_app.components.contents import Content, classes


def card(*content: Content, title: Content | None = None, accent: bool = False, **props: Any) -> rx.Component:
    """A section under the page's h1; `accent` for the one the eye should meet first."""
    heading = () if title is None else (rx.el.h2(title),)
    return rx.el.section(*heading, *content, class_name=classes("card", "card-accent" if accent else ""), **props)


def facts(*pairs: tuple[Content, Content]) -> rx.Component:
    """A description list: `facts(("Échéance", day(invoice.due_on)), ...)`."""
    return rx.el.dl(*(part for term, value in pairs for part in (rx.el.dt(term), rx.el.dd(value))), class_name="facts")


def amount(shown: Content, **props: Any) -> rx.Component:
    """A sum of money to be met first, large, with tabular figures."""
    return rx.el.p(shown, class_name="amount", **props)
