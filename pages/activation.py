"""/activation: who is known by billing asks for an account."""

import reflex as rx

from portail_app.components import (
    access_layout,
    email_field,
    error_above,
    error_at,
    form,
    link,
    said,
    submit_button,
    text_field,
)
from portail_app.states.activation import ActivationState
from portail_app.states.site import SiteState


@rx.page(route="/activation", title="J'active mon compte", on_load=[SiteState.load, ActivationState.load])
def activation_page() -> rx.Component:
    return access_layout(
        "J'active mon compte",
        said(ActivationState.answer),
        _form(),
        rx.el.p(link("J’ai déjà un compte", href="/connexion")),
    )


def _form() -> rx.Component:
    return form(
        error_above(ActivationState),
        email_field(
            "Email",
            error=error_at(ActivationState, "email"),
            hint="L’adresse mail que votre service connaît. Deux comptes ne peuvent pas utiliser la même adresse mail.",
        ),
        rx.cond(ActivationState.asks_code, _code()),
        submit_button("Activation"),
        on_submit=ActivationState.activate,
    )


def _code() -> rx.Component:
    return text_field(
        "Code",
        "code",
        error=error_at(ActivationState, "code"),
        hint="Code provisoire : votre numéro d’abonné, en haut de vos factures. Si vous en avez plusieurs, séparez-les "
        "par une espace. Les agents n’en ont pas besoin.",
        auto_complete="off",
    )
