"""/factures: what the subscriber owes, has paid, or owes to the treasury."""

import reflex as rx

from models import Invoice
from portail_app.states.invoices import InvoicesState


@rx.page(route="/factures", title="Mes factures", on_load=InvoicesState.load)
def invoices_page() -> rx.Component:
    return rx.el.main(rx.el.h1("Mes factures"), rx.el.table(rx.el.tbody(rx.foreach(InvoicesState.invoices, _line))))


def _line(invoice: rx.Var[Invoice]) -> rx.Component:
    return rx.el.tr(rx.el.td(invoice.issued_on), rx.el.td(invoice.balance_cents), rx.el.th(invoice.number))
