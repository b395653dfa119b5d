"""/agent/journal: who changed what, and when."""

import reflex as rx

from portail_app.components import (
    Column,
    cell,
    empty,
    head_cell,
    instant,
    list_pages,
    list_search,
    row,
    skeleton,
    staff_layout,
    table,
    unfound,
)
from portail_app.services.audit import SignedEntry
from portail_app.states.audit import AuditState
from portail_app.states.site import SiteState

COLUMNS = (Column("Date"), Column("Qui"), Column("Action"), Column("Objet"), Column("Détails"))


@rx.page(route="/agent/journal", title="Journal", on_load=[SiteState.load, AuditState.load])
def staff_audit_page() -> rx.Component:
    nothing = empty("Rien encore", "Chaque changement fait par un agent apparaîtra ici.", icon="history")
    place = AuditState.place
    written = table("Journal", COLUMNS, rx.foreach(AuditState.lines, _line), size="wide")
    none = rx.cond(place["all"] == place["here"], nothing, unfound(place))
    loaded = rx.cond(AuditState.lines.length() > 0, rx.fragment(written, list_pages(place)), none)
    return staff_layout(
        "Journal",
        list_search("Agent, action ou objet", place, on_submit=AuditState.look_for),
        rx.cond(AuditState.is_loaded, loaded, skeleton(lines=6, height="3rem")),
    )


def _line(line: rx.Var[SignedEntry]) -> rx.Component:
    return row(
        head_cell("Date", instant(line.entry.at)),
        cell("Qui", line.who),
        cell("Action", line.entry.action),
        cell("Objet", line.entry.subject),
        cell("Détails", line.details),
    )
