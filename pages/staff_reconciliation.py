"""/agent/rapprochement: what was paid here beside what the treasury's statement says, payment by payment."""

import reflex as rx

from portail_app.components import (
    Column,
    agreement_badge,
    cell,
    day,
    empty,
    euros,
    explanation,
    head_cell,
    link_button,
    list_pages,
    list_search,
    outcome,
    row,
    skeleton,
    staff_layout,
    statement_form,
    tab,
    table,
    tabs,
    unfound,
)
from portail_app.services.reconciliation import Fold, ReconciledPayment
from portail_app.states.reconciliation import ReconciliationState as State
from portail_app.states.site import SiteState
from portail_app.states.statement import StatementState

TABS = (
    ("Écarts à expliquer", Fold.OPEN),
    ("Écarts expliqués", Fold.EXPLAINED),
    ("Rapprochés", Fold.MATCHED),
    ("Relevé à venir", Fold.WAITING),
    ("Tous", Fold.ALL),
)
COLUMNS = (
    Column("Jour"),
    Column("Référence"),
    Column("Factures", is_number=True),
    Column("Portail", is_number=True),
    Column("Relevé", is_number=True),
    Column("État"),
    Column("Explication"),
)
EXPLAINED = (
    "Les paiements du portail face au relevé de la trésorerie, importé ici ou par « portail import ». "
    "Un paiement plus récent que le dernier relevé attend le suivant."
)


@rx.page(route="/agent/rapprochement", title="Rapprochement", on_load=[SiteState.load, State.load, StatementState.load])
def staff_reconciliation_page() -> rx.Component:
    found = rx.cond(State.found.total > 0, rx.fragment(_sums(), _table(), list_pages(State.place)), _nothing())
    return staff_layout(
        "Rapprochement",
        rx.el.p(EXPLAINED, class_name="muted"),
        statement_form(),
        _tabs(),
        list_search("Référence, facture ou autorisation", State.place, on_submit=State.look_for),
        outcome(State.done, State.error, rx.Var.create("")),
        rx.cond(State.is_loaded, found, skeleton(lines=6, height="3rem")),
    )


def _tabs() -> rx.Component:
    return tabs("Rapprochement", *(_tab(label, fold) for label, fold in TABS))


def _tab(label: str, fold: Fold) -> rx.Component:
    usual = f"/agent/rapprochement?onglet={fold}"
    href = rx.cond(State.is_loaded, State.links[fold], usual)
    return tab(label, href=href, current=State.place["tab"] == fold)


def _sums() -> rx.Component:
    here, there = euros(State.found.here_cents), euros(State.found.there_cents)
    export = link_button("Exporter (CSV)", href=State.links["export"], kind="secondary", document=True)
    return rx.el.div(rx.el.p(f"Portail : {here} · Relevé : {there}"), export, class_name="cluster")


def _table() -> rx.Component:
    return table("Rapprochement", COLUMNS, rx.foreach(State.found.payments, _line), size="wide")


def _line(payment: rx.Var[ReconciledPayment]) -> rx.Component:
    return row(
        cell("Jour", day(payment.day)),
        head_cell("Référence", payment.reference),
        cell("Factures", payment.numbers, number=True),
        cell("Portail", rx.cond(payment.receipt_id, euros(payment.here_cents), "—"), number=True),
        cell("Relevé", rx.cond(payment.line_id, euros(payment.there_cents), "—"), number=True),
        cell("État", agreement_badge(payment)),
        cell("Explication", explanation(payment)),
    )


def _nothing() -> rx.Component:
    agreed = empty("Aucun écart à expliquer", "Le portail et le relevé disent la même chose.", icon="circle-check")
    none_here = empty("Rien ici", "Les autres onglets montrent les autres paiements.", icon="landmark")
    unfiltered = rx.cond(State.place["tab"] == Fold.OPEN, agreed, none_here)
    return rx.cond(State.place["all"] == State.place["here"], unfiltered, unfound(State.place))
