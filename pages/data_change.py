"""/donnees-personnelles/modifier?abonne=...: what billing owns of one subscriber, asked for as a request."""

import reflex as rx

from models import Subscriber
from portail_app.components import (
    card,
    empty,
    error_above,
    error_at,
    form,
    link_button,
    personal_form_layout,
    said,
    skeleton,
    submit_button,
    text_field,
)
from portail_app.services.owned_fields import OWNED, OwnedField
from portail_app.states.data_change import DataChangeState as State
from portail_app.states.site import SiteState

EXPLANATION = (
    "Ces informations viennent du service de facturation. Changez celles qui ne sont plus exactes : votre demande est "
    "transmise au service, qui répond pour chacune. D’ici là, rien ne change."
)
COMPLETION = {
    "name": "name",
    "address": "street-address",
    "postal_code": "postal-code",
    "city": "address-level2",
    "phone": "tel",
}


@rx.page(
    route="/donnees-personnelles/modifier", title="Modifier mes informations", on_load=[SiteState.load, State.load]
)
def data_change_page() -> rx.Component:
    form_or_sent = rx.cond(State.sent != "", _sent(), _form(State.subscriber))
    found = rx.cond(State.subscriber, form_or_sent, skeleton(lines=5, height="4rem"))
    return personal_form_layout("Modifier mes informations", card(rx.cond(State.missing != "", _missing(), found)))


def _form(subscriber: rx.Var[Subscriber]) -> rx.Component:
    return form(
        rx.el.p(EXPLANATION),
        error_above(State),
        *(_field(field, subscriber) for field in OWNED),
        submit_button("Envoyer la demande"),
        on_submit=State.send,
        key=subscriber.id.to_string(),
    )


def _field(field: OwnedField, subscriber: rx.Var[Subscriber]) -> rx.Component:
    is_waiting = State.waiting.contains(field.name)
    return text_field(
        field.label,
        field.name,
        hint=rx.cond(is_waiting, "Une demande est déjà en attente pour cette information.", field.advice),
        error=error_at(State, field.name),
        default_value=getattr(subscriber, field.name),
        read_only=is_waiting,
        max_length=field.longest,
        auto_complete=COMPLETION[field.name],
    )


def _sent() -> rx.Component:
    return rx.fragment(
        said(f"Votre demande {State.sent} est envoyée. Le service vous répond ici et par message."),
        rx.el.div(
            link_button("Suivre ma demande", href=f"/demandes/{State.sent}"),
            link_button("Mes données personnelles", href="/donnees-personnelles", kind="secondary"),
            class_name="cluster",
        ),
    )


def _missing() -> rx.Component:
    back = link_button("Mes données personnelles", href="/donnees-personnelles", kind="secondary")
    return empty(State.missing, "Choisissez l’abonnement à modifier dans vos données.", icon="search", action=back)
