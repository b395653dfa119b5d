"""The suspensions of a utility, past and present."""

import reflex as rx

from models import PaymentSuspension
from portail_app.components.basics.formats import instant
from portail_app.components.tables.pagination import list_pages
from portail_app.components.tables.table import Column, cell, head_cell, row, table
from portail_app.states.suspensions import SuspensionsState as State


def suspension_history() -> rx.Component:
    columns = (Column("Depuis"), Column("Motif"), Column("Reprise prévue"), Column("Reprise"))
    return rx.el.details(
        rx.el.summary("Suspensions passées et présentes"),
        table("Suspensions", columns, rx.foreach(State.history, _line)),
        list_pages(State.place),
        open=State.place["previous"] != "",
    )


def _line(suspension: rx.Var[PaymentSuspension]) -> rx.Component:
    return row(
        head_cell("Depuis", instant(suspension.suspended_at)),
        cell("Motif", suspension.reason),
        cell("Reprise prévue", rx.cond(suspension.until, instant(suspension.until), "—")),
        cell("Reprise", rx.cond(suspension.resumed_at, instant(suspension.resumed_at), "—")),
    )
