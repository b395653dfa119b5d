"""/connexion: who has an account signs in."""

import reflex as rx

from portail_app.components import (
    access_layout,
    checkbox_field,
    email_field,
    error_above,
    error_at,
    form,
    link,
    password_field,
    said,
    submit_button,
)
from portail_app.states.sign_in import SignInState
from portail_app.states.site import SiteState


@rx.page(route="/connexion", title="Connexion", on_load=[SiteState.load, SignInState.load])
def sign_in_page() -> rx.Component:
    return access_layout(
        "Veuillez vous connecter",
        said(SignInState.notice, "info"),
        _form(),
        rx.el.p(link("J'active mon compte", href="/activation")),
    )


def _form() -> rx.Component:
    return form(
        error_above(SignInState),
        email_field("Identifiant", error=error_at(SignInState, "email"), hint="Votre adresse mail"),
        password_field("Mot de passe", error=error_at(SignInState, "password")),
        checkbox_field("Se souvenir de moi", "remember"),
        submit_button("Connexion"),
        link("Oublié ?", href="/mot-de-passe-oublie"),
        on_submit=SignInState.sign_in,
    )
