"""Which utility a staff form is about: asked only of who works for several."""

from typing import Any

import reflex as rx

from models import Utility
from portail_app.components.forms.field import select_field


def utility_choice(utilities: rx.Var[tuple[Utility, ...]], **props: Any) -> rx.Component:
    """Sends `utility_id`."""
    options = rx.foreach(utilities, lambda one: rx.el.option(one.name, value=one.id.to(str)))
    only = rx.foreach(utilities, lambda one: rx.el.input(type="hidden", name="utility_id", value=one.id.to(str)))
    return rx.cond(utilities.length() > 1, select_field("Collectivité", "utility_id", options, **props), only)
