"""/connexion: who has an account signs in."""

import reflex as rx

from portail_app.components.answers import error_above, error_at, said
from portail_app.components.button import button
from portail_app.components.field import checkbox_field, email_field, password_field
from portail_app.components.form import form
from portail_app.components.frame import access_layout
from portail_app.components.leave import leave_for
from portail_app.components.link import link
from portail_app.states.sign_in import SignInState
from portail_app.states.site import SiteState


@rx.page(route="/connexion", title="Connexion", on_load=[SiteState.load, SignInState.load])
def sign_in_page() -> rx.Component:
    return access_layout(
        "Veuillez vous connecter",
        said(SignInState.notice, "info"),
        _form(),
        rx.el.p(link("J'active mon compte", href="/activation")),
        leave_for(SignInState.destination),
    )


def _form() -> rx.Component:
    return form(
        error_above(SignInState),
        email_field("Identifiant", error=error_at(SignInState, "email"), hint="Votre adresse mail"),
        password_field("Mot de passe", error=error_at(SignInState, "password")),
        checkbox_field("Se souvenir de moi", "remember"),
        button("Connexion", type="submit"),
        link("Oublié ?", href="/mot-de-passe-oublie"),
        on_submit=SignInState.sign_in,
    )
