"""Writing a notice, with what it will look like."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.answers import error_at
from portail_app.components.forms.field import checkbox_field, date_field, text_field, textarea_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.components.layout.card import card
from portail_app.components.layout.skeleton import skeleton
from portail_app.components.site.welcome_panel import MARKDOWN, preview
from portail_app.states.notices import NoticesState as State


def notice_form() -> rx.Component:
    return card(
        outcome(State.done, State.error, State.error_field),
        rx.cond(State.utilities.length() > 0, _form(), skeleton(lines=6, height="3rem")),
        preview(State.preview_html),
        title="Publier un avis",
    )


def _form() -> rx.Component:
    return form(
        utility_choice(State.utilities),
        text_field("Titre", "title", error=error_at(State, "title"), max_length=200),
        textarea_field(
            "Texte",
            "body",
            hint=MARKDOWN,
            error=error_at(State, "body"),
            on_change=State.preview.debounce(250),
            rows="5",
            max_length=4_000,
        ),
        checkbox_field(
            "Information importante",
            "is_important",
            hint="Elle s’affiche par-dessus la page d’accueil jusqu’à ce que l’abonné la ferme.",
            default_checked=True,
        ),
        date_field("Du", "starts_on", hint="Aujourd’hui si vous ne précisez pas.", error=error_at(State, "starts_on")),
        date_field("Au", "ends_on", hint="Facultatif : dernier jour d’affichage.", error=error_at(State, "ends_on")),
        submit_button("Publier"),
        on_submit=State.publish,
        key=State.times_done.to_string(),
    )
