"""Cards: one subject each, headed by its name; and facts as label and value."""

from typing import Any

import reflex as rx

from portail_app.components.basics.contents import Content, classes


def card(*content: Content, title: Content | None = None, accent: bool = False, **props: Any) -> rx.Component:
    """A section under the page's h1; `accent` for the one the eye should meet first."""
    heading = () if title is None else (rx.el.h2(title),)
    return rx.el.section(*heading, *content, class_name=classes("card", "card-accent" if accent else ""), **props)


def facts(*pairs: rx.Component, are_long: bool = False) -> rx.Component:
    """A description list: `facts(fact("Échéance", day(invoice.due_on)), ...)`; long values go under their labels on a
    phone."""
    return rx.el.dl(*pairs, class_name=classes("facts", "facts-long" if are_long else ""))


def fact(term: Content, value: Content, *, given: Any = None) -> rx.Component:
    """Left out where `given` is said and is nothing."""
    pair = rx.fragment(rx.el.dt(term), rx.el.dd(value))
    return pair if given is None else rx.cond(given, pair)


def amount(shown: Content, **props: Any) -> rx.Component:
    """A sum of money to be met first, large, with tabular figures."""
    return rx.el.p(shown, class_name="amount", **props)
