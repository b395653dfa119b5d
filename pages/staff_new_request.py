"""/agent/demandes/nouvelle: what a subscriber asks on the phone, at the desk or by letter, taken down in their name."""

import reflex as rx

from models import RequestType, Subscriber
from portail_app.components import (
    Column,
    card,
    cell,
    empty,
    error_at,
    filters,
    head_cell,
    link,
    request_form,
    row,
    row_link,
    search,
    select_field,
    skeleton,
    staff_layout,
    table,
)
from portail_app.components.requests.request_status import CAME_BY
from portail_app.states.site import SiteState
from portail_app.states.staff_new_request import PATH
from portail_app.states.staff_new_request import StaffNewRequestState as State

COLUMNS = (Column("Abonné"), Column("Numéro"), Column("Adresse"), Column("Téléphone"))
CHANNELS = (("", "Choisissez"), *((channel.value, words) for channel, words in CAME_BY.items()))


@rx.page(route=PATH, title="Saisir une demande", on_load=[SiteState.load, State.load])
def staff_new_request_page() -> rx.Component:
    step = rx.cond(State.form, card(request_form(State, _channel())), rx.cond(State.chosen, _types(), _subscribers()))
    return staff_layout(
        rx.cond(State.form, State.form.name, "Saisir une demande"),
        rx.el.p(_back()),
        rx.cond(State.chosen, _chosen()),
        rx.cond(State.missing != "", empty(State.missing, "Cherchez un autre abonné.", icon="search"), rx.fragment()),
        rx.cond(State.is_loaded, step, skeleton(lines=4, height="4rem")),
    )


def _back() -> rx.Component:
    return rx.cond(
        State.form,
        link("← Choisir une autre demande", href=_here(State.chosen.id)),
        rx.cond(State.chosen, link("← Choisir un autre abonné", href=PATH), link("← Demandes", href="/agent/demandes")),
    )


def _chosen() -> rx.Component:
    who = State.chosen
    place = rx.cond(who.address + who.city != "", f", {who.address} {who.postal_code} {who.city}", "")
    return rx.el.p("Pour ", rx.el.strong(who.name), f" ({who.number}){place}")


def _subscribers() -> rx.Component:
    found = table("Abonnés trouvés", COLUMNS, rx.foreach(State.found, _subscriber))
    nobody = empty("Aucun abonné", "Essayez une partie du nom, le numéro d’abonné ou l’adresse.", icon="search")
    return rx.fragment(
        rx.el.p("Pour qui ?"),
        filters(search("Nom, numéro, adresse ou téléphone", State.search, on_submit=State.look_for)),
        rx.cond(State.search != "", rx.cond(State.found.length() > 0, found, nobody)),
    )


def _subscriber(one: rx.Var[Subscriber]) -> rx.Component:
    return row(
        head_cell("Abonné", row_link(one.name, href=_here(one.id))),
        cell("Numéro", one.number),
        cell("Adresse", f"{one.address} {one.postal_code} {one.city}"),
        cell("Téléphone", rx.cond(one.phone != "", one.phone, "—")),
    )


def _types() -> rx.Component:
    return rx.fragment(
        rx.el.p("De quoi s’agit-il ?"),
        rx.el.ul(rx.foreach(State.types, _type), class_name="grid choices"),
    )


def _type(offered: rx.Var[RequestType]) -> rx.Component:
    href = f"{_here(State.chosen.id)}&type={offered.code}"
    return rx.el.li(row_link(offered.name, href=href), class_name="card")


def _channel() -> rx.Component:
    return select_field(
        "La demande est arrivée",
        "channel",
        CHANNELS,
        error=error_at(State, "channel"),
        default_value=State.form.channel,
    )


def _here(subscriber_id: rx.Var[int]) -> rx.Var[str]:
    return rx.Var.create(f"{PATH}?abonne={subscriber_id}")
