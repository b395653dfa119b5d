"""/paiement: which invoices to pay, and what they come to."""

import reflex as rx

from portail_app.components import (
    Column,
    beside,
    button,
    cell,
    check_cell,
    day,
    empty,
    euros,
    head_cell,
    link,
    link_button,
    notice,
    portal_layout,
    row,
    skeleton,
    table,
    tick,
    total,
    total_detail,
    total_line,
)
from portail_app.services.payability import SUSPENDED
from portail_app.services.payables import Payable
from portail_app.states.payment_choice import PaymentChoiceState
from portail_app.states.site import SiteState

TITLE = "Sélection des factures pour le règlement"


@rx.page(route="/paiement", title=TITLE, on_load=[SiteState.load, PaymentChoiceState.load])
def payment_choice_page() -> rx.Component:
    owes = PaymentChoiceState.payables.length() > 0
    choice = rx.cond(owes, beside(_table(), _total()), _nothing())
    return portal_layout(TITLE, _refusal(), rx.cond(PaymentChoiceState.is_loaded, choice, skeleton(4, height="3rem")))


def _refusal() -> rx.Component:
    refusal = PaymentChoiceState.refusal
    return rx.cond(refusal != "", notice(refusal, kind="warning", role="alert"))


def _table() -> rx.Component:
    columns = (
        Column("Sélection", is_silent=True),
        Column("Date"),
        Column("Numéro"),
        Column("Montant à régler", is_number=True),
    )
    return table("Factures à régler", columns, rx.foreach(PaymentChoiceState.payables, _line), size="narrow")


def _line(payable: rx.Var[Payable]) -> rx.Component:
    invoice = payable.invoice
    is_selected = PaymentChoiceState.selected.contains(invoice.id)
    is_open = (payable.obstacle == "") & ~_is_suspended(invoice.utility_id)
    return row(
        check_cell(rx.cond(is_open, tick(f"Facture {invoice.number}", checked=is_selected, read_only=True))),
        cell("Date", day(invoice.issued_on)),
        head_cell("Numéro", rx.el.div(invoice.number, _reason(payable))),
        cell("Montant à régler", euros(invoice.balance_cents), number=True),
        on_click=PaymentChoiceState.toggle(invoice.id),
        selected=is_selected,
    )


def _reason(payable: rx.Var[Payable]) -> rx.Component:
    """Why this one cannot be chosen, and the way back to its payment where it has begun."""
    said = rx.cond(_is_suspended(payable.invoice.utility_id), SUSPENDED, payable.obstacle)
    resume = link("Reprendre ou abandonner ce paiement", href=f"/paiement/{payable.resume}")
    return rx.cond(said != "", rx.el.p(said, " ", rx.cond(payable.resume != "", resume), class_name="muted"))


def _total() -> rx.Component:
    selected = PaymentChoiceState.selected
    return total(
        "Factures sélectionnées :",
        total_detail(rx.el.ul(rx.foreach(PaymentChoiceState.payables, _selected_number))),
        total_line("Nombre de factures :", selected.length()),
        total_line("Montant à régler :", euros(PaymentChoiceState.total_cents), is_sum=True),
        actions=(_pay(), link_button("Fermer", href="/factures", kind="secondary")),
    )


def _selected_number(payable: rx.Var[Payable]) -> rx.Component:
    is_selected = PaymentChoiceState.selected.contains(payable.invoice.id)
    return rx.cond(is_selected, rx.el.li(payable.invoice.number))


def _pay() -> rx.Component:
    """Never a dead button: what is missing is said in its place."""
    pay = button("Payer la facture", icon="credit-card", on_click=PaymentChoiceState.pay)
    suspended = rx.el.p(SUSPENDED)
    chosen = rx.cond(_is_suspended(PaymentChoiceState.utility_id), suspended, pay)
    hint = rx.el.p("Cliquez sur une facture pour la choisir.", class_name="muted")
    return rx.cond(PaymentChoiceState.selected.length() > 0, chosen, hint)


def _nothing() -> rx.Component:
    back = link_button("Voir mes factures", href="/factures", kind="secondary")
    return empty("Aucune facture à régler", "Vous êtes à jour.", icon="receipt-euro", action=back)


def _is_suspended(utility_id: rx.Var[int]) -> rx.Var[bool]:
    return SiteState.suspended_utility_ids.contains(utility_id)
