"""/donnees-personnelles/adresse-mail: asking for another address; /adresse-mail?lien=...: its link, opened."""

import reflex as rx

from portail_app.components import (
    access_layout,
    button,
    card,
    email_field,
    error_above,
    error_at,
    fact,
    facts,
    form,
    instant,
    link_button,
    notice,
    password_field,
    personal_form_layout,
    said,
    submit_button,
)
from portail_app.states.email_change import EmailChangeState
from portail_app.states.email_link import EmailLinkState
from portail_app.states.site import SiteState

EXPLANATION = (
    "Un message électronique vous sera envoyé sur votre nouvelle adresse pour validation. C'est cette nouvelle adresse "
    "qui vous servira alors pour vous connecter sur votre compte."
)


@rx.page(
    route="/donnees-personnelles/adresse-mail",
    title="Changer l'adresse mail",
    on_load=[SiteState.load, EmailChangeState.load],
)
def email_change_page() -> rx.Component:
    return personal_form_layout(
        "Changer l'adresse mail", card(said(EmailChangeState.answer), _pending(), rx.el.p(EXPLANATION), _ask())
    )


def _pending() -> rx.Component:
    pending = EmailChangeState.pending
    waiting = notice(
        rx.el.p(rx.el.strong(pending.email), " attend d’être validée : ouvrez le message qui y a été envoyé."),
        rx.el.p("Le lien vaut jusqu’au ", instant(pending.until), "."),
        action=button("Annuler", kind="quiet", on_click=EmailChangeState.cancel),
    )
    return rx.cond(pending, waiting)


def _ask() -> rx.Component:
    return form(
        error_above(EmailChangeState),
        facts(fact("Adresse actuelle", EmailChangeState.email)),
        email_field(
            "Nouvelle adresse mail", error=error_at(EmailChangeState, "email"), auto_complete="email", max_length=254
        ),
        password_field("Mot de passe actuel", "current_password", error=error_at(EmailChangeState, "current_password")),
        submit_button("Valider"),
        on_submit=EmailChangeState.ask,
    )


@rx.page(route="/adresse-mail", title="Nouvelle adresse mail", on_load=[SiteState.load, EmailLinkState.load])
def email_link_page() -> rx.Component:
    refused = rx.cond(EmailLinkState.refused != "", _refused(), _confirm())
    return access_layout("Nouvelle adresse mail", rx.cond(EmailLinkState.answer != "", _done(), refused))


def _done() -> rx.Component:
    return rx.fragment(
        said(EmailLinkState.answer),
        rx.el.p("C’est elle qui vous sert maintenant à vous connecter."),
        link_button("Aller sur mon espace", href="/"),
    )


def _refused() -> rx.Component:
    return rx.fragment(
        notice(EmailLinkState.refused, kind="warning", role="alert"),
        rx.el.p("Votre adresse n’a pas changé."),
        link_button("Demander un nouveau lien", href="/donnees-personnelles/adresse-mail"),
    )


def _confirm() -> rx.Component:
    return form(
        error_above(EmailLinkState),
        rx.el.p("Cette adresse va vous servir à vous connecter :"),
        rx.el.p(rx.el.strong(EmailLinkState.chosen)),
        rx.cond(
            EmailLinkState.asks_password,
            password_field(
                "Mot de passe", hint="Celui de votre compte actuel.", error=error_at(EmailLinkState, "password")
            ),
        ),
        submit_button("Valider ma nouvelle adresse"),
        on_submit=EmailLinkState.confirm,
    )
