"""/connexion: who has an account signs in."""

import reflex as rx

from portail_app.components.button import button
from portail_app.components.field import checkbox_field, email_field, password_field
from portail_app.components.form import form
from portail_app.components.frame import access_layout
from portail_app.components.leave import leave_for
from portail_app.components.link import link
from portail_app.components.notice import notice
from portail_app.states.sign_in import SignInState
from portail_app.states.site import SiteState


@rx.page(route="/connexion", title="Connexion", on_load=SiteState.load)
def sign_in_page() -> rx.Component:
    return access_layout(
        "Veuillez vous connecter",
        _form(),
        rx.el.p(link("J'active mon compte", href="/activation")),
        leave_for(SignInState.destination),
    )


def _form() -> rx.Component:
    return form(
        rx.cond(SignInState.error != "", notice(SignInState.error, kind="danger", role="alert")),
        email_field("Identifiant", "email", placeholder="Votre adresse mail"),
        password_field("Mot de passe", "password"),
        checkbox_field("Se souvenir de moi", "remember"),
        link("Oublié ?", href="/mot-de-passe-oublie"),
        button("Connexion", type="submit"),
        on_submit=SignInState.sign_in,
    )
