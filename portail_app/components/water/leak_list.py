"""The alerts of one contract, each with the way to its file."""

import reflex as rx

from models import LeakKind
from portail_app.components.basics.formats import day, volume
from portail_app.components.basics.link import link
from portail_app.components.layout.card import card
from portail_app.components.water.leak_file import leak_badge, leak_kind
from portail_app.services.leaks.alerts import PlacedAlert
from portail_app.states.leak import LeakState as State


def leak_list() -> rx.Component:
    """The other alerts of this contract, where there are any."""
    lines = rx.el.ul(rx.foreach(State.alerts, _line), class_name="stack")
    return rx.cond(State.alerts.length() > 1, card(lines, title="Toutes les alertes de ce contrat"))


def _line(placed: rx.Var[PlacedAlert]) -> rx.Component:
    alert = placed.alert
    address = f"/contrats/{State.number}/fuite?dossier={alert.id}"
    is_volume = alert.kind == LeakKind.VOLUME.value
    return rx.el.li(
        link(leak_kind(alert.kind), f", {volume(alert.litres)}", href=address),
        rx.el.p(f"du {day(alert.period_start)} au {day(alert.period_end)}", class_name="muted"),
        rx.cond(is_volume, leak_badge(alert.state)),
    )
