"""/donnees-personnelles/messages: which mails one wants, and which are always sent, with the reason."""

import reflex as rx

from portail_app.components import card, checkbox_field, fact, facts, link, personal_layout, said, skeleton
from portail_app.services.notifications import Chosen
from portail_app.states.notifications import NotificationsState as State
from portail_app.states.site import SiteState

PAGE = "/donnees-personnelles/messages"


@rx.page(route=PAGE, title="Messages reçus", on_load=[SiteState.load, State.load])
def notifications_page() -> rx.Component:
    loaded = rx.fragment(_choices(), _always_sent())
    return personal_layout(PAGE, said(State.done), rx.cond(State.is_loaded, loaded, skeleton(lines=6, height="3rem")))


def _choices() -> rx.Component:
    return card(
        rx.el.p("Ces messages arrivent à ", rx.el.strong(State.email), ". Décochez ceux que vous ne voulez pas."),
        rx.foreach(State.choices, _choice),
        rx.el.p(
            "Ce que vous refusez reste visible sur votre espace. Pour une autre adresse : ",
            link("Changer l'adresse mail", href="/donnees-personnelles/adresse-mail"),
            class_name="muted",
        ),
        title="Messages que vous pouvez refuser",
    )


def _choice(choice: rx.Var[Chosen]) -> rx.Component:
    return checkbox_field(
        choice.label,
        choice.event,
        hint=choice.explanation,
        default_checked=choice.is_wanted,
        on_change=lambda is_wanted: State.choose(choice.event, is_wanted),
    )


def _always_sent() -> rx.Component:
    return card(
        facts(
            rx.foreach(State.always_sent, lambda one: fact(one.label, rx.fragment(one.explanation, " ", one.reason))),
            are_long=True,
        ),
        title="Messages toujours envoyés",
    )
