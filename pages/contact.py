"""/contact: « Contacter le service », and its general information."""

import reflex as rx

from portail_app.components import (
    beside,
    card,
    document_link,
    fact,
    facts,
    link,
    notice,
    only_seen,
    portal_layout,
    request_form,
    skeleton,
    subscriber_choice,
)
from portail_app.states.new_request import NewRequestState as State
from portail_app.states.site import SiteState


@rx.page(route="/contact", title="Contact", on_load=[SiteState.load, State.load])
def contact_page() -> rx.Component:
    missing = rx.cond(State.missing != "", notice(State.missing, kind="warning"), skeleton(lines=4, height="3rem"))
    written = rx.cond(State.may_ask, missing, only_seen("écrire au service"))
    others = rx.el.p(
        "Fuite, déménagement, réclamation : ", link("choisissez le formulaire", href="/demandes/nouvelle"), "."
    )
    return portal_layout(
        "Contact",
        subscriber_choice(),
        beside(card(rx.cond(State.form, request_form(State), written), title="Contacter le service"), _informations()),
        rx.cond(State.may_ask, others),
    )


def _informations() -> rx.Component:
    service = State.service
    return card(
        rx.cond(
            service.emergency_phone != "",
            notice(rx.el.strong("Urgence : "), _call(service.emergency_phone), kind="warning"),
        ),
        facts(
            fact("Service", service.name, given=service.name),
            fact("Adresse", service.address, given=service.address),
            fact("Téléphone", _call(service.phone), given=service.phone),
            fact("Horaires", service.opening_hours, given=service.opening_hours),
            fact("Adresse mail", _write(service.email), given=service.email),
        ),
        title="Informations générales",
    )


def _write(address: rx.Var[str]) -> rx.Component:
    return document_link(address, href=f"mailto:{address}")


def _call(number: rx.Var[str]) -> rx.Component:
    return document_link(number, href=f"tel:{number.replace(' ', '')}")
