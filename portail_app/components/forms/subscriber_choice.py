"""In whose name a request is made: asked only of who holds several subscribers."""

import reflex as rx

from portail_app.components.forms.field import select_field
from portail_app.states.new_request import NewRequestState as State


def subscriber_choice() -> rx.Component:
    options = rx.foreach(
        State.subscribers, lambda one: rx.el.option(f"{one.number} · {one.name} · {one.city}", value=one.number)
    )
    several = State.subscribers.length() > 1
    field = select_field("Abonné", "abonne", options, value=State.chosen, on_change=State.choose_subscriber)
    return rx.cond(several, field)
