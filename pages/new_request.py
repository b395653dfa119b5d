"""/demandes/nouvelle: choose what it is about, then answer the questions of that form."""

import reflex as rx

from models import RequestType
from portail_app.components import (
    card,
    empty,
    link,
    link_button,
    only_seen,
    portal_layout,
    request_form,
    row_link,
    skeleton,
    subscriber_choice,
)
from portail_app.states.new_request import NewRequestState as State
from portail_app.states.site import SiteState


@rx.page(route="/demandes/nouvelle", title="Nouvelle demande", on_load=[SiteState.load, State.load])
def new_request_page() -> rx.Component:
    back = rx.cond(
        State.form, link("← Choisir une autre demande", href=_here("")), link("← Mes demandes", href="/demandes")
    )
    offered = rx.cond(State.form, card(request_form(State)), _choice())
    shown = rx.cond(State.may_ask, offered, only_seen("faire une demande"))
    return portal_layout(
        rx.cond(State.form, State.form.name, "Nouvelle demande"),
        rx.el.p(back),
        subscriber_choice(),
        rx.cond(State.missing != "", _nothing(), rx.cond(State.chosen != "", shown, skeleton(lines=4, height="4rem"))),
    )


def _choice() -> rx.Component:
    return rx.fragment(
        rx.el.p("De quoi s’agit-il ?"),
        rx.el.ul(
            rx.foreach(State.types, _type),
            rx.el.li(row_link("Écrire un message au service", href="/contact"), class_name="card"),
            class_name="grid choices",
        ),
    )


def _type(offered: rx.Var[RequestType]) -> rx.Component:
    return rx.el.li(row_link(offered.name, href=_here(offered.code)), class_name="card")


def _here(code: rx.Var[str] | str) -> rx.Var[str]:
    several = State.subscribers.length() > 1
    chosen = rx.cond(several, f"&abonne={State.chosen}", "")
    return rx.Var.create(f"/demandes/nouvelle?type={code}{chosen}")


def _nothing() -> rx.Component:
    return empty(
        State.missing,
        "Cette demande ne se fait pas ici : choisissez-en une autre, ou écrivez au service.",
        icon="search",
        action=link_button("Choisir une autre demande", href="/demandes/nouvelle", kind="secondary"),
    )
