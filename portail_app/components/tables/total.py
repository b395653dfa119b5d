"""A total that stays in sight with its action: beside the content, at the bottom of a phone's screen."""

import reflex as rx

from portail_app.components.basics.contents import Content, Words


def beside(content: Content, aside: Content) -> rx.Component:
    """Content on the left and an aside on the right; one above the other where there is no room."""
    return rx.el.div(rx.el.div(content, class_name="stack"), aside, class_name="beside")


def first_beside(aside: Content, content: Content) -> rx.Component:
    """As `beside`, for what a phone should show before the rest."""
    return rx.el.div(aside, rx.el.div(content, class_name="stack"), class_name="beside beside-first")


def total(title: Words, *lines: rx.Component, actions: tuple[Content, ...]) -> rx.Component:
    """Read out when it changes; the main action first; the title and the detail give way on a phone."""
    return rx.el.aside(
        rx.el.h2(title),
        rx.el.div(*lines, class_name="total-lines", aria_live="polite"),
        rx.el.div(*actions, class_name="total-actions"),
        class_name="card total",
    )


def total_line(label: Content, value: Content, *, is_sum: bool = False) -> rx.Component:
    shown = rx.el.strong(value, class_name="number amount" if is_sum else "number")
    return rx.el.p(rx.el.span(label), shown, class_name="total-line")


def total_detail(*content: Content) -> rx.Component:
    """What a phone leaves out: the list behind the sum."""
    return rx.el.div(*content, class_name="total-detail")
