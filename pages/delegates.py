"""/donnees-personnelles/personnes-autorisees: whom one lets see or pay, and who lets one in."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    email_field,
    error_above,
    error_at,
    form,
    head_cell,
    hidden,
    instant,
    personal_layout,
    row,
    said,
    select_field,
    skeleton,
    submit_button,
    table,
)
from portail_app.services.delegates import Delegate
from portail_app.states.delegates import DelegatesState as State
from portail_app.states.site import SiteState

PAGE = "/donnees-personnelles/personnes-autorisees"
WHAT = (
    "Un proche, un tuteur ou un comptable peut voir vos factures, vos contrats et vos documents, ou aussi payer, avec "
    "son propre compte. Vos données personnelles et vos choix restent à vous seul ; l’accès se retire en un clic."
)
HOLDS = (("delegue_consultation", "Voir les factures"), ("delegue_paiement", "Voir et payer les factures"))
known = State.known


@rx.page(route=PAGE, title="Personnes autorisées", on_load=[SiteState.load, State.load])
def delegates_page() -> rx.Component:
    loaded = rx.fragment(
        rx.cond(known.received.length() > 0, _received()),
        rx.cond(known.delegated.length() > 0, _delegated()),
        rx.cond(known.own.length() > 0, _own()),
    )
    return personal_layout(PAGE, said(State.done), rx.cond(State.is_loaded, loaded, skeleton(lines=3, height="9rem")))


def _own() -> rx.Component:
    columns = (Column("Personne"), Column("Abonné"), Column("Droit"), Column("État"), Column("Action"))
    let_in = table("Personnes autorisées", columns, rx.foreach(known.delegates, _delegate))
    return card(
        rx.el.p(WHAT),
        rx.cond(known.delegates.length() > 0, let_in),
        _invite(),
        title="Personnes que vous autorisez",
    )


def _delegate(one: rx.Var[Delegate]) -> rx.Component:
    is_invited = one.invitation_id > 0
    waiting = rx.el.span(badge("Invitée", "info", icon="mail"), " jusqu’au ", instant(one.until))
    return row(
        head_cell("Personne", rx.el.span(one.who, rx.cond(one.who != one.email, rx.fragment(rx.el.br(), one.email)))),
        cell("Abonné", one.subscriber),
        cell("Droit", _right(one)),
        cell("État", rx.cond(is_invited, waiting, badge("Autorisée", "success"))),
        cell(
            "Action",
            rx.cond(
                is_invited,
                button("Retirer l’invitation", kind="secondary", on_click=State.withdraw(one.invitation_id)),
                button("Retirer l’accès", kind="danger", on_click=State.remove(one.subscriber_id, one.account_id)),
            ),
        ),
    )


def _invite() -> rx.Component:
    options = rx.foreach(known.own, lambda own: rx.el.option(own.label, value=own.id.to(str)))
    only = rx.foreach(known.own, lambda own: hidden("subscriber_id", own.id.to(str)))
    return form(
        rx.el.h3("Inviter une personne"),
        error_above(State),
        rx.cond(known.own.length() > 1, select_field("Abonnement", "subscriber_id", options), only),
        email_field("Son adresse mail", error=error_at(State, "email"), auto_complete="off", max_length=254),
        select_field("Elle pourra", "hold", HOLDS, error=error_at(State, "hold")),
        submit_button("Envoyer l’invitation"),
        on_submit=State.invite,
        key=State.times_done.to_string(),
    )


def _received() -> rx.Component:
    return card(
        rx.foreach(known.received, _invitation),
        title="Invitations reçues",
        accent=True,
    )


def _invitation(one: rx.Var[Delegate]) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(one.who), " (abonné ", one.subscriber, ") vous invite : ", _right(one), "."),
        rx.el.div(
            button("Accepter", on_click=State.accept(one.invitation_id)),
            button("Refuser", kind="secondary", on_click=State.decline(one.invitation_id)),
            class_name="cluster",
        ),
        class_name="stack",
    )


def _delegated() -> rx.Component:
    columns = (Column("Abonné"), Column("Numéro"), Column("Droit"), Column("Action"))
    return card(
        table("Abonnements d’autres personnes", columns, rx.foreach(known.delegated, _held)),
        title="Vous êtes délégué pour",
    )


def _held(one: rx.Var[Delegate]) -> rx.Component:
    return row(
        head_cell("Abonné", one.who),
        cell("Numéro", one.subscriber),
        cell("Droit", _right(one)),
        cell("Action", button("Ne plus y avoir accès", kind="secondary", on_click=State.leave(one.subscriber_id))),
    )


def _right(one: rx.Var[Delegate]) -> rx.Var[str]:
    return rx.match(one.hold, *HOLDS, "")
