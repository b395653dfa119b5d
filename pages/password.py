"""/mot-de-passe?lien=...: whoever has received a link chooses a password."""

import reflex as rx

from portail_app.components import (
    access_layout,
    button,
    error_above,
    error_at,
    form,
    link,
    link_button,
    notice,
    password_field,
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
        _identifier(),
        password_field(
            "Mot de passe",
            error=error_at(PasswordState, "password"),
            hint=_rule(),
            new=True,
            on_change=PasswordState.advise.debounce(250),
        ),
        _advice(),
        password_field("Confirmation", "confirmation", error=error_at(PasswordState, "confirmation"), new=True),
        submit_button("Enregistrer"),
        on_submit=PasswordState.save,
    )


def _identifier() -> rx.Component:
    """Says whose password it is, to the person and to the browser that offers to keep it."""
    return rx.el.label(
        "Identifiant",
        rx.el.input(
            type="email", value=PasswordState.email, read_only=True, auto_complete="username", class_name="input"
        ),
        class_name="field",
    )


def _rule() -> rx.Var[str]:
    return (
        "Au moins "
        + PasswordState.least_length.to_string()
        + " caractères de trois sortes (minuscules, majuscules, chiffres, ponctuation), ou une longue phrase. "
        + "Nous vous conseillons de créer un mot de passe différent de votre numéro d'abonné."
    )


def _advice() -> rx.Component:
    """Said as one types, without taking room before."""
    return rx.el.div(
        rx.cond(
            PasswordState.strength != "",
            rx.fragment(
                rx.el.p("Solidité : ", rx.el.strong(PasswordState.strength)),
                rx.el.ul(rx.foreach(PasswordState.missing, lambda missing: rx.el.li(missing))),
            ),
        ),
        aria_live="polite",
    )
