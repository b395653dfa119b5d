"""/agent/paiements: suspend and resume online payment, and follow the payments made."""

import reflex as rx

from portail_app.components import (
    Column,
    cell,
    empty,
    euros,
    head_cell,
    instant,
    list_pages,
    list_search,
    payment_state,
    row,
    staff_layout,
    suspension_panel,
    table,
    unfound,
)
from portail_app.services.payment_review import ReviewedPayment
from portail_app.states.payment_review import PaymentReviewState as State
from portail_app.states.site import SiteState
from portail_app.states.suspensions import SuspensionsState

COLUMNS = (
    Column("Référence"),
    Column("Date"),
    Column("Factures"),
    Column("Payeur"),
    Column("Montant", is_number=True),
    Column("État"),
)


@rx.page(route="/agent/paiements", title="Paiements", on_load=[SiteState.load, SuspensionsState.load, State.load])
def staff_payments_page() -> rx.Component:
    found = rx.cond(State.payments.length() > 0, rx.fragment(_table(), list_pages(State.place)), _nothing())
    return staff_layout(
        "Paiements",
        suspension_panel(),
        rx.el.h2("Paiements en ligne"),
        list_search("Facture, référence ou adresse mail", State.place, on_submit=State.look_for),
        rx.cond(State.is_loaded, found),
    )


def _table() -> rx.Component:
    return table("Paiements en ligne", COLUMNS, rx.foreach(State.payments, _line), size="wide")


def _nothing() -> rx.Component:
    none_yet = empty("Aucun paiement", "Les paiements en ligne apparaîtront ici.", icon="credit-card")
    return rx.cond(State.place["all"] == State.place["here"], none_yet, unfound(State.place))


def _line(payment: rx.Var[ReviewedPayment]) -> rx.Component:
    attempt = payment.attempt
    return row(
        head_cell("Référence", attempt.reference),
        cell("Date", instant(attempt.created_at)),
        cell("Factures", payment.numbers),
        cell("Payeur", attempt.payer_email),
        cell("Montant", euros(attempt.amount_cents), number=True),
        cell("État", payment_state(payment)),
    )
