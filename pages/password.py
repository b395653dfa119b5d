"""/mot-de-passe?lien=...: whoever has received a link chooses a password."""

import reflex as rx

from portail_app.components import (
    access_layout,
    button,
    error_above,
    form,
    identifier,
    link,
    link_button,
    notice,
    password_choice,
    said,
    submit_button,
)
from portail_app.states.passwords import PasswordState
from portail_app.states.site import SiteState


@rx.page(route="/mot-de-passe", title="Choix d'un nouveau mot de passe", on_load=[SiteState.load, PasswordState.load])
def password_page() -> rx.Component:
    return access_layout(
        "Choix d'un nouveau mot de passe",
        rx.cond(PasswordState.answer != "", _done(), rx.cond(PasswordState.refused != "", _refused(), _form())),
    )


def _done() -> rx.Component:
    return rx.fragment(
        said(PasswordState.answer),
        link_button("Me connecter sur mon compte", href="/connexion?motif=mot-de-passe"),
    )


def _refused() -> rx.Component:
    return rx.fragment(
        notice(PasswordState.refused, kind="warning", role="alert"),
        error_above(PasswordState),
        rx.cond(
            PasswordState.may_send_again,
            button("Recevoir un nouveau lien", on_click=PasswordState.send_again),
            link_button("Demander un nouveau lien", href="/mot-de-passe-oublie"),
        ),
        rx.el.p(link("Revenir à la connexion", href="/connexion")),
    )


def _form() -> rx.Component:
    return form(
        error_above(PasswordState),
        identifier(PasswordState.email),
        password_choice(PasswordState),
        submit_button("Enregistrer"),
        on_submit=PasswordState.save,
    )
