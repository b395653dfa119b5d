"""/donnees-personnelles/mot-de-passe: another password, for who knows the present one."""

import reflex as rx

from portail_app.components import (
    card,
    error_above,
    error_at,
    form,
    identifier,
    password_choice,
    password_field,
    personal_form_layout,
    said,
    submit_button,
)
from portail_app.states.password_change import PasswordChangeState as State
from portail_app.states.site import SiteState


@rx.page(
    route="/donnees-personnelles/mot-de-passe", title="Changer le mot de passe", on_load=[SiteState.load, State.load]
)
def password_change_page() -> rx.Component:
    return personal_form_layout(
        "Changer le mot de passe", card(said(State.answer), rx.cond(State.answer == "", _form()))
    )


def _form() -> rx.Component:
    return form(
        error_above(State),
        identifier(State.email),
        password_field("Mot de passe actuel", "current_password", error=error_at(State, "current_password")),
        password_choice(State, label="Nouveau mot de passe"),
        rx.el.p("Vos autres sessions seront fermées.", class_name="muted"),
        submit_button("Enregistrer"),
        on_submit=State.save,
    )
