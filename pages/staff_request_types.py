"""/agent/types-de-demande: what subscribers can ask, written by staff."""

import reflex as rx

from models import RequestType
from portail_app.components import (
    Column,
    badge,
    card,
    cell,
    days,
    error_at,
    form,
    head_cell,
    link,
    notice,
    request_type_form,
    row,
    row_link,
    said,
    staff_layout,
    submit_button,
    table,
    text_field,
)
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.states.request_types import RequestTypesState as State
from portail_app.states.site import SiteState

COLUMNS = (Column("Nom"), Column("Questions"), Column("Délai"), Column("État"))


@rx.page(route="/agent/types-de-demande", title="Types de demande", on_load=[SiteState.load, State.load])
def staff_request_types_page() -> rx.Component:
    back = rx.cond(State.chosen, link("← Types de demande", href="/agent/types-de-demande"), _to_requests())
    refused = rx.cond(State.error != "", notice(State.error, kind="danger", role="alert"))
    return staff_layout(
        "Types de demande",
        rx.el.p(back),
        said(State.done),
        refused,
        rx.cond(State.chosen, request_type_form(), rx.fragment(_table(), _new())),
    )


def _to_requests() -> rx.Component:
    return link("← Demandes", href="/agent/demandes")


def _table() -> rx.Component:
    return table("Types de demande", COLUMNS, rx.foreach(State.types, _line))


def _line(one: rx.Var[RequestType]) -> rx.Component:
    open_or_not = rx.cond(one.is_active, badge("Proposée", "success"), badge("Non proposée", "neutral"))
    where = rx.match(
        one.kind,
        ("message", badge("Page Contact")),
        ("donnees_personnelles", badge("Données personnelles")),
        open_or_not,
    )
    return row(
        head_cell("Nom", row_link(one.name, href=f"/agent/types-de-demande?type={one.id}")),
        cell("Questions", one.question_count.to(str)),
        cell("Délai", days(one.due_days)),
        cell("État", where),
    )


def _new() -> rx.Component:
    return card(
        form(
            utility_choice(State.utilities),
            text_field("Nom", "name", error=error_at(State, "name"), hint="Comme « Relève contestée »."),
            submit_button("Créer"),
            on_submit=State.add,
        ),
        title="Nouveau type de demande",
    )
