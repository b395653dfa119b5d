"""/mot-de-passe-oublie: who has forgotten the password asks for a link."""

import reflex as rx

from portail_app.components import (
    access_layout,
    email_field,
    error_above,
    error_at,
    form,
    link_button,
    said,
    submit_button,
)
from portail_app.states.activation import ForgottenPasswordState
from portail_app.states.site import SiteState


@rx.page(
    route="/mot-de-passe-oublie",
    title="Mot de passe oublié",
    on_load=[SiteState.load, ForgottenPasswordState.load],
)
def forgotten_password_page() -> rx.Component:
    return access_layout(
        "Mot de passe oublié",
        said(ForgottenPasswordState.answer),
        _form(),
    )


def _form() -> rx.Component:
    return form(
        error_above(ForgottenPasswordState),
        email_field("Mail :", error=error_at(ForgottenPasswordState, "email")),
        submit_button("Valider"),
        link_button("Annuler", href="/connexion", kind="secondary"),
        on_submit=ForgottenPasswordState.ask,
    )
