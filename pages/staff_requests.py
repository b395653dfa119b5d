"""/agent/demandes: what subscribers ask, what is due first."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    cell,
    checkbox_field,
    day,
    empty,
    filters,
    head_cell,
    link_button,
    list_pages,
    request_link,
    request_status,
    request_words,
    row,
    search,
    select_field,
    skeleton,
    staff_layout,
    table,
)
from portail_app.components.requests.request_status import LABELS
from portail_app.services.request_list import Handler, ListedRequest, Progress
from portail_app.states.site import SiteState
from portail_app.states.staff_requests import StaffRequestsState as State

COLUMNS = (
    Column("Numéro"),
    Column("Demande"),
    Column("Abonné"),
    Column("Confiée à"),
    Column("À traiter avant le"),
    Column("État"),
)
PROGRESS = (
    (Progress.OPEN.value, "En cours de traitement"),
    *((status.value, label) for status, label in LABELS.items()),
    (Progress.ALL.value, "Toutes"),
)
HANDLERS = ((Handler.ANYBODY.value, "Tous"), (Handler.MINE.value, "Moi"), (Handler.NOBODY.value, "Personne"))


@rx.page(route="/agent/demandes", title="Demandes", on_load=[SiteState.load, State.load])
def staff_requests_page() -> rx.Component:
    found = rx.cond(State.requests.length() > 0, rx.fragment(_table(), list_pages(State.shown)), _nothing())
    return staff_layout(
        "Demandes",
        _filters(),
        rx.cond(State.is_loaded, found, skeleton(lines=6, height="3rem")),
        actions=rx.el.div(
            link_button("Types de demande", href="/agent/types-de-demande", kind="secondary"),
            link_button("Saisir une demande", href="/agent/demandes/nouvelle"),
            class_name="cluster",
        ),
    )


def _filters() -> rx.Component:
    shown = State.shown
    subjects = rx.fragment(
        rx.el.option("Toutes", value=""),
        rx.foreach(State.subjects, lambda subject: rx.el.option(subject, value=subject)),
    )
    return filters(
        select_field("État", "etat", PROGRESS, value=shown["progress"], on_change=State.choose_progress),
        select_field("Confiée à", "agent", HANDLERS, value=shown["handler"], on_change=State.choose_handler),
        select_field("Demande", "type", subjects, value=shown["subject"], on_change=State.choose_subject),
        checkbox_field("En retard", "retard", checked=shown["overdue"] != "", on_change=State.choose_overdue),
        search("Numéro ou nom de l’abonné", shown["search"], on_submit=State.look_for),
    )


def _table() -> rx.Component:
    return table("Demandes", COLUMNS, rx.foreach(State.requests, _line), size="wide")


def _line(request: rx.Var[ListedRequest]) -> rx.Component:
    is_closed = (request.status == "resolue") | (request.status == "refusee") | (request.status == "annulee")
    is_late = ~is_closed & (request.due_on.to(str) < State.today)
    return row(
        head_cell("Numéro", request_link(request.number, under="/agent/demandes")),
        cell("Demande", request_words(request.subject, request.summary)),
        cell("Abonné", request.subscriber),
        cell("Confiée à", rx.cond(request.handler != "", request.handler, "—")),
        cell("À traiter avant le", day(request.due_on), " ", rx.cond(is_late, badge("En retard", "warning"))),
        cell("État", request_status(request.status, for_staff=True)),
    )


def _nothing() -> rx.Component:
    everything = link_button("Tout afficher", href="/agent/demandes?etat=toutes", kind="secondary")
    return empty("Aucune demande", "Rien n’attend avec ces filtres.", icon="inbox", action=everything)
