"""/demandes: what the subscriber has asked of the service, and where each request stands."""

import reflex as rx

from portail_app.components import (
    Column,
    cell,
    empty,
    head_cell,
    instant,
    link_button,
    list_pages,
    only_seen,
    portal_layout,
    request_link,
    request_status,
    request_words,
    row,
    skeleton,
    table,
)
from portail_app.services.request_list import ListedRequest
from portail_app.states.requests import RequestsState as State
from portail_app.states.site import SiteState

COLUMNS = (
    Column("Numéro"),
    Column("Demande"),
    Column("Envoyée le"),
    Column("Dernier changement"),
    Column("État"),
)
NEW = "/demandes/nouvelle"


@rx.page(route="/demandes", title="Mes demandes", on_load=[SiteState.load, State.load])
def requests_page() -> rx.Component:
    found = rx.cond(State.requests.length() > 0, rx.fragment(_table(), list_pages(State.shown)), _nothing())
    return portal_layout(
        "Mes demandes",
        rx.cond(State.is_loaded, found, skeleton(lines=4, height="3rem")),
        rx.cond(State.may_ask, rx.fragment(), only_seen("faire une demande")),
        actions=rx.cond(State.may_ask, link_button("Nouvelle demande", href=NEW)),
    )


def _table() -> rx.Component:
    return table("Mes demandes", COLUMNS, rx.foreach(State.requests, _line))


def _line(request: rx.Var[ListedRequest]) -> rx.Component:
    return row(
        head_cell("Numéro", request_link(request.number, under="/demandes")),
        cell("Demande", request_words(request.subject, request.summary)),
        cell("Envoyée le", instant(request.opened_at)),
        cell("Dernier changement", instant(request.changed_at)),
        cell("État", request_status(request.status)),
    )


def _nothing() -> rx.Component:
    words = "Un problème sur votre installation, un déménagement, une question ? Écrivez au service, il répondra ici."
    new = link_button("Nouvelle demande", href=NEW, kind="secondary")
    seen = empty("Aucune demande", "Celles du titulaire apparaîtront ici.", icon="message-circle")
    return rx.cond(State.may_ask, empty("Aucune demande", words, icon="message-circle", action=new), seen)
