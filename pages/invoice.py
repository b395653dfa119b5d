"""/factures/[numero]: one invoice, as a page that anybody can read; the PDF says the same on paper."""

import reflex as rx

from models import InvoiceLine
from pages.invoices import invoice_badge
from portail_app.components import (
    Column,
    amount,
    card,
    cell,
    day,
    empty,
    euros,
    fact,
    facts,
    first_beside,
    head_cell,
    link,
    link_button,
    notice,
    portal_layout,
    quantity,
    rate,
    row,
    skeleton,
    table,
    total_line,
    unit_price,
)
from portail_app.services.payability import SUSPENDED
from portail_app.states.billed import BilledState
from portail_app.states.invoice import InvoiceState
from portail_app.states.site import SiteState

invoice = InvoiceState.invoice
LOADED = [SiteState.load, InvoiceState.load, BilledState.load_contracts]


@rx.page(route="/factures/[numero]", title="Ma facture", on_load=LOADED)
def invoice_page() -> rx.Component:
    return portal_layout(
        rx.cond(invoice, f"Facture {invoice.number}", "Facture"),
        rx.el.p(link("← Mes factures", href="/factures")),
        rx.cond(InvoiceState.missing != "", _nothing(), rx.cond(invoice, _found(), skeleton(lines=4, height="6rem"))),
    )


def _nothing() -> rx.Component:
    back = link_button("Voir mes factures", href="/factures", kind="secondary")
    return empty(
        InvoiceState.missing, "Vérifiez son numéro, ou cherchez-la dans vos factures.", icon="search", action=back
    )


def _found() -> rx.Component:
    return first_beside(_summary(), _content())


def _content() -> rx.Component:
    return rx.fragment(rx.foreach(InvoiceState.rubrics, _rubric), _sums())


def _rubric(rubric: rx.Var[tuple[str, list[InvoiceLine]]]) -> rx.Component:
    columns = (Column("Désignation"), Column("TVA", is_number=True), Column("Montant HT", is_number=True))
    return card(table(rubric[0], columns, rx.foreach(rubric[1], _line), size="fitted"), title=rubric[0])


def _line(line: rx.Var[InvoiceLine]) -> rx.Component:
    priced = rx.cond(line.unit_price, f" × {unit_price(line.unit_price)}", "")
    detail = rx.el.span(quantity(line.quantity, line.unit), priced, class_name="muted")
    return row(
        head_cell("Désignation", line.label, rx.cond(line.quantity, rx.fragment(rx.el.br(), detail))),
        cell("TVA", rate(line.vat_basis_points), number=True),
        cell("Montant HT", euros(line.amount_cents), number=True),
    )


def _sums() -> rx.Component:
    totals = InvoiceState.totals
    return rx.cond(
        InvoiceState.rubrics.length() > 0,
        card(
            total_line("Total HT", euros(totals["net"])),
            rx.foreach(
                InvoiceState.vat_shares,
                lambda share: total_line(f"TVA {rate(share['basis_points'])}", euros(share["cents"])),
            ),
            total_line("Total TTC", euros(totals["gross"]), is_sum=True),
            title="Total de la facture",
        ),
    )


def _summary() -> rx.Component:
    return rx.el.div(
        card(
            rx.el.div(invoice_badge(invoice, InvoiceState.today)),
            rx.cond(
                invoice.balance_cents > 0,
                rx.fragment(rx.el.p("Reste à régler"), amount(euros(invoice.balance_cents))),
                rx.fragment(rx.el.p("Montant"), amount(euros(invoice.amount_cents))),
            ),
            _actions(),
            _facts(),
            rx.foreach(BilledState.contracts, lambda number: rx.el.p(_contract_link(number))),
            accent=True,
        ),
        class_name="stack",
    )


def _contract_link(number: rx.Var[str]) -> rx.Component:
    return link(f"Consommation du contrat {number}", href=f"/contrats/{number}")


def _actions() -> rx.Component:
    pay = link_button("Payer la facture", href=f"/paiement?facture={invoice.number}")
    pdf = link_button(
        "Télécharger PDF",
        href=f"/telecharger/factures/{invoice.number}.pdf",
        kind="secondary",
        document=True,
        target="_blank",
    )
    is_suspended = SiteState.suspended_utility_ids.contains(invoice.utility_id)
    payable = rx.cond(is_suspended, notice(SUSPENDED, kind="warning"), pay)
    return rx.el.div(
        rx.cond(InvoiceState.obstacle == "", payable, notice(InvoiceState.obstacle)), pdf, class_name="stack"
    )


def _facts() -> rx.Component:
    return facts(
        fact("Numéro", invoice.number),
        fact("Objet", invoice.subject, given=invoice.subject),
        fact("Date", day(invoice.issued_on)),
        fact("Echéance", day(invoice.due_on)),
        fact("Période", f"du {day(invoice.period_start)} au {day(invoice.period_end)}", given=invoice.period_start),
        fact("Paiement en ligne jusqu’au", day(invoice.online_until), given=invoice.online_until),
        fact("Prélèvement le", day(invoice.debited_on), given=invoice.debited_on),
        fact("Transmise en trésorerie le", day(invoice.sent_to_treasury_on), given=invoice.sent_to_treasury_on),
        fact("Montant", euros(invoice.amount_cents)),
        fact("Déjà réglé", euros(invoice.paid_cents), given=invoice.paid_cents > 0),
    )
