"""Deciding of a leak's file: granted, refused or closed, the last two with the reason that the subscriber reads."""

from typing import Any

import reflex as rx

from portail_app.components.basics.button import button, submit_button
from portail_app.components.forms.answers import error_above, error_at
from portail_app.components.forms.field import textarea_field
from portail_app.components.forms.form import form
from portail_app.components.layout.card import card
from portail_app.states.leak_decision import LeakDecisionState as State

alert = State.file.alert


def decision_panel() -> rx.Component:
    grant = button("Accorder l’écrêtement", on_click=State.accept(alert.id))
    awaited = rx.el.p("Aucune attestation reçue : il n’y a encore rien à accorder.", class_name="muted")
    return card(
        error_above(State),
        rx.cond(alert.certified_at, grant, awaited),
        rx.cond(alert.certified_at, _reasoned("Refuser l’écrêtement", State.refuse(alert.id))),
        _reasoned("Classer l’alerte sans suite", State.close(alert.id)),
        title="Décision",
    )


def _reasoned(label: str, decide: Any) -> rx.Component:
    written = form(
        textarea_field("Motif, que l’abonné lira", "reason", error=error_at(State, "reason"), rows="3", max_length=500),
        submit_button(label, kind="secondary"),
        on_submit=decide,
    )
    return rx.el.details(rx.el.summary(label), written)
