"""Suspending online payment: of which utility, why, and until when."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.answers import error_at
from portail_app.components.forms.field import text_field, textarea_field
from portail_app.components.forms.form import form
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.states.suspensions import SuspensionsState as State


def suspension_form() -> rx.Component:
    return form(
        utility_choice(State.utilities),
        textarea_field(
            "Motif",
            "reason",
            hint="Les abonnés le lisent. Exemple : maintenance sur les factures.",
            error=error_at(State, "reason"),
            rows="2",
            max_length=300,
        ),
        text_field(
            "Jusqu’au",
            "until",
            hint="Facultatif : sans date, le paiement reste suspendu jusqu’à ce que vous le repreniez.",
            error=error_at(State, "until"),
            type="datetime-local",
        ),
        submit_button("Suspendre le paiement", icon="pause"),
        on_submit=State.suspend,
        key=State.times_done.to_string(),
    )
