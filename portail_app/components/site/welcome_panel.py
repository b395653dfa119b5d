"""Writing the welcome text, with what it will look like."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.field import textarea_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.components.layout.card import card
from portail_app.components.layout.prose import prose
from portail_app.components.layout.skeleton import skeleton
from portail_app.states.notices import NoticesState
from portail_app.states.welcome import WelcomeState as State

MARKDOWN = "Mise en forme : **gras**, *italique*, [un lien](https://…), une liste par des lignes « - »."


def welcome_panel() -> rx.Component:
    return card(
        rx.el.p("Ce texte est toujours présent sur la page d’accueil des abonnés."),
        outcome(State.done, State.error, State.error_field),
        rx.cond(State.chosen, _form(), skeleton(lines=3, height="3rem")),
        preview(State.preview_html),
        title="Texte d’accueil",
    )


def preview(html: rx.Var[str]) -> rx.Component:
    """What is being written, as it will be read."""
    shown = rx.el.section(rx.el.h3("Aperçu"), prose(html), class_name="card", aria_label="Aperçu")
    return rx.cond(html != "", shown)


def _form() -> rx.Component:
    chosen = State.chosen
    return form(
        utility_choice(NoticesState.utilities, value=chosen.id.to(str), on_change=State.choose),
        textarea_field(
            "Texte d’accueil",
            "welcome_text",
            hint=MARKDOWN,
            default_value=chosen.welcome_text,
            on_change=State.preview.debounce(250),
            rows="6",
            max_length=4_000,
        ),
        submit_button("Enregistrer"),
        on_submit=State.save,
        key=chosen.id.to(str),
    )
