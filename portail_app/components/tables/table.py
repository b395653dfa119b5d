"""Tables: columns of figures aligned, headers that sort by a link, and a card a row where there is no room.

ARIA roles repeat what the elements mean, because browsers forget it once CSS lays a row out as a card.
"""

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from portail_app.components.basics.contents import Content, Flag, Press, Words, classes
from portail_app.components.basics.link import link

Size = Literal["narrow", "medium", "wide", "fitted"]


@dataclass(frozen=True)
class Column:
    """A header; `sort_href` makes it a link, `direction` is "ascending", "descending" or "none"."""

    label: str
    is_number: bool = False
    sort_href: Words | None = None
    direction: Words = "none"
    is_silent: bool = False


def table(caption: Words, columns: tuple[Column, ...], rows: Content, *, size: Size = "medium") -> rx.Component:
    """`rows` is an `rx.foreach` of `row`; by size, they become cards under 32, 44 or 60rem of room; a
    "fitted" one never does: it is short, and part of a card."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="unseen"),
            rx.el.thead(rx.el.tr(*map(_header, columns), role="row"), role="rowgroup"),
            rx.el.tbody(rows, role="rowgroup"),
            role="table",
            class_name=classes("table", f"table-{size}"),
        ),
        class_name="table-frame",
    )


def row(
    *cells: rx.Component, on_click: Press | None = None, selected: Flag | None = None, **props: Any
) -> rx.Component:
    """A click anywhere on the row does what its own control does; `selected` is shown and said."""
    if on_click is not None:
        props |= {"on_click": on_click, "data_active": "true"}
    if selected is not None:
        props["aria_selected"] = selected
    return rx.el.tr(*cells, role="row", **props)


def cell(label: str, *content: Content, number: bool = False, **props: Any) -> rx.Component:
    """`label` is the column's, shown before the value on a card; figures are aligned by `number`."""
    return rx.el.td(*content, role="cell", data_label=label, class_name="number" if number else "", **props)


def head_cell(label: str, *content: Content, **props: Any) -> rx.Component:
    """The cell that names its row: the card's title."""
    return rx.el.th(*content, scope="row", role="rowheader", data_label=label, **props)


def check_cell(*content: Content, **props: Any) -> rx.Component:
    """The cell of the box that selects the row."""
    return rx.el.td(*content, role="cell", class_name="check-cell", **props)


def tick(label: Words, *, checked: Flag, **props: Any) -> rx.Component:
    """A box marked by a cross where its row is selected."""
    return rx.el.input(type="checkbox", class_name="tick", aria_label=label, checked=checked, **props)


def row_link(*content: Content, href: Words, **props: Any) -> rx.Component:
    """A link in one cell that a click anywhere on its row follows."""
    return link(*content, href=href, class_name="whole-row", **props)


def _header(column: Column) -> rx.Component:
    label = rx.el.span(column.label, class_name="unseen") if column.is_silent else column.label
    shared = {"scope": "col", "role": "columnheader", "class_name": "number" if column.is_number else ""}
    if column.sort_href is None:
        return rx.el.th(label, **shared)
    return rx.el.th(
        link(label, href=column.sort_href, class_name="sort", replace=True),
        aria_sort=column.direction,
        **shared,
    )
