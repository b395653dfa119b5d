"""Suspending and resuming online payment: what holds now, changed under the reader's eyes by whoever changes it."""

import reflex as rx

from models import Utility
from portail_app.components.basics.badge import badge
from portail_app.components.basics.button import button
from portail_app.components.forms.outcome import outcome
from portail_app.components.layout.card import card
from portail_app.components.layout.skeleton import skeleton
from portail_app.components.site.suspension_form import suspension_form
from portail_app.components.site.suspension_history import suspension_history
from portail_app.states.site import SiteState
from portail_app.states.suspensions import SuspensionsState as State


def suspension_panel() -> rx.Component:
    return card(
        rx.foreach(State.utilities, _now),
        outcome(State.done, State.error, State.error_field),
        rx.cond(State.utilities.length() > 0, suspension_form(), skeleton(lines=4, height="3rem")),
        rx.cond(State.history.length() > 0, suspension_history()),
        title="Suspension du paiement",
    )


def _now(utility: rx.Var[Utility]) -> rx.Component:
    suspended = rx.fragment(
        badge("Paiement suspendu", "warning"),
        button("Reprendre le paiement", kind="secondary", icon="play", on_click=State.resume(utility.id)),
    )
    is_suspended = SiteState.suspended_utility_ids.contains(utility.id)
    return rx.el.div(
        rx.el.strong(utility.name),
        rx.cond(is_suspended, suspended, badge("Paiement ouvert", "success")),
        class_name="cluster",
    )
