"""/agent/fuites: the leaks' files, those that wait for a decision first."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    cell,
    day,
    empty,
    filters,
    head_cell,
    leak_badge,
    leak_kind,
    row,
    row_link,
    search,
    staff_layout,
    tab,
    table,
    tabs,
    volume,
)
from portail_app.services.leaks.alerts import PlacedAlert
from portail_app.services.leaks.desk import LeakTab
from portail_app.states.leaks import LeaksState as State
from portail_app.states.site import SiteState

COLUMNS = (
    Column("Contrat"),
    Column("Adresse"),
    Column("Alerte"),
    Column("Volume", is_number=True),
    Column("Moyenne", is_number=True),
    Column("Délai"),
    Column("État"),
)
TABS = (
    (LeakTab.TO_DECIDE, "À décider"),
    (LeakTab.AWAITED, "Attestation attendue"),
    (LeakTab.UNTOLD, "À prévenir par courrier"),
    (LeakTab.TELEMETRY, "Télérelève"),
    (LeakTab.DECIDED, "Décidées"),
)


@rx.page(route="/agent/fuites", title="Fuites", on_load=[SiteState.load, State.load])
def staff_leaks_page() -> rx.Component:
    found = rx.cond(State.leaks.length() > 0, _table(), _nothing())
    return staff_layout(
        "Fuites",
        tabs("Fuites", *(_tab(one, label) for one, label in TABS)),
        filters(search("Contrat ou adresse", State.search, on_submit=State.look_for)),
        rx.cond(State.is_loaded, found),
    )


def _tab(one: LeakTab, label: str) -> rx.Component:
    counted = rx.cond(State.counts[one.value] > 0, f"{label} ({State.counts[one.value]})", label)
    usual = f"/agent/fuites?onglet={one.value}"
    return tab(counted, href=rx.cond(State.is_loaded, State.links[one.value], usual), current=State.tab == one.value)


def _table() -> rx.Component:
    return table("Fuites", COLUMNS, rx.foreach(State.leaks, _line), size="wide")


def _nothing() -> rx.Component:
    return empty("Aucune fuite ici", "Une alerte est enregistrée dès qu’une relève dépasse le double de la moyenne.")


def _line(placed: rx.Var[PlacedAlert]) -> rx.Component:
    alert = placed.alert
    is_over = (alert.state == "attestation_attendue") & (alert.answer_until.to(str) < State.today)
    untold = rx.cond(alert.mailed_to == 0, badge("Sans courriel", "danger"))
    return row(
        head_cell("Contrat", row_link(placed.contract, href=f"/agent/fuites/{alert.id}")),
        cell("Adresse", placed.address),
        cell("Alerte", leak_kind(alert.kind)),
        cell("Volume", volume(alert.litres), number=True),
        cell("Moyenne", rx.cond(alert.mean_litres, volume(alert.mean_litres), "—"), number=True),
        cell("Délai", day(alert.answer_until), rx.cond(is_over, badge("Dépassé", "warning"))),
        cell("État", rx.el.div(leak_badge(alert.state), untold, class_name="cluster")),
    )
