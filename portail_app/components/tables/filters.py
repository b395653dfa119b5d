"""What narrows a list: a year, a search. Both end up in the URL."""

from typing import Any

import reflex as rx

from portail_app.components.basics.button import button
from portail_app.components.basics.contents import Content, Words
from portail_app.components.forms.field import date_field, select_field, text_field


def filters(*fields: Content) -> rx.Component:
    return rx.el.div(*fields, class_name="filters", role="search")


def year_choice(years: rx.Var[tuple[int, ...]], chosen: Words, *, on_change: Any) -> rx.Component:
    every = rx.el.option("Toutes", value="")
    one = rx.foreach(years, lambda year: rx.el.option(year.to_string(), value=year.to_string()))
    return select_field("Année", "annee", rx.fragment(every, one), value=chosen, on_change=on_change)


def list_search(hint: str, place: rx.Var[dict[str, str]], *, on_submit: Any, by_day: bool = True) -> rx.Component:
    """The search of a list whose state describes its place (states/places.py): words, and a day."""
    day, words = place["day"], place["search"]
    of_a_day = [date_field("Jour", "jour", default_value=day)] if by_day else []
    return filters(search(hint, words, *of_a_day, on_submit=on_submit, key=f"{day} {words}"))


def search(hint: str, searched: Words, *others: Content, on_submit: Any, key: Words | None = None) -> rx.Component:
    """Sent by the Enter key or the magnifying glass; what was searched stays in the field. `others` are sent along:
    then `key` is all that was searched."""
    field = text_field(
        "Rechercher", "recherche", type="search", placeholder=hint, default_value=searched, enter_key_hint="search"
    )
    return rx.el.form(
        *others,
        field,
        button("Rechercher", kind="secondary", icon="search", type="submit"),
        key=searched if key is None else key,
        on_submit=on_submit,
        class_name="filters-search",
    )
