"""Which utility a staff form is about: asked only of who works for several."""

from typing import Any

import reflex as rx

from models import Utility
from portail_app.components.field import select_field


def utility_choice(utilities: rx.Var[tuple[Utility, ...]], **props: Any) -> rx.Component:
    """Sends `utility_id`."""
    options = rx.foreach(utilities, lambda utility: rx.el.option(utility.name, value=f"{utility.id}"))
    only = rx.foreach(utilities, lambda utility: rx.el.input(type="hidden", name="utility_id", value=f"{utility.id}"))
    return rx.cond(utilities.length() > 1, select_field("Collectivité", "utility_id", options, **props), only)
