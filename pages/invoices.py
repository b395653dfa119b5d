"""/factures: what the subscriber owes, has paid, or owes to the treasury."""

import reflex as rx

from models import InvoiceKind, InvoiceRow
from portail_app.components import (
    Column,
    badge,
    cell,
    day,
    empty,
    euros,
    filters,
    head_cell,
    link_button,
    notice,
    pagination,
    portal_layout,
    row,
    row_link,
    search,
    skeleton,
    tab,
    table,
    tabs,
    year_choice,
)
from portail_app.states.invoices import InvoicesState, Tab
from portail_app.states.site import SiteState

AT_TREASURY = (
    "Les factures en trésorerie n'ont pas été réglées dans les délais imposés, elles ont été transmises en trésorerie, "
    "un avis de somme à payer sera transmis par courrier pour procéder au règlement."
)
EMPTY = {
    Tab.UNPAID: ("Aucune facture à régler", "Vos prochaines factures apparaîtront ici dès leur émission."),
    Tab.PAID: ("Aucune facture réglée", "Vos factures apparaîtront ici une fois réglées."),
    Tab.AT_TREASURY: ("Aucune facture en trésorerie", "Rien n’a été transmis à la trésorerie."),
}


@rx.page(route="/factures", title="Mes factures", on_load=[SiteState.load, InvoicesState.load])
def invoices_page() -> rx.Component:
    return portal_layout("Mes factures", _tabs(), _explanation(), _filters(), _list(), actions=_pay())


def _tabs() -> rx.Component:
    return tabs(
        "Factures",
        _tab("Factures non réglées", Tab.UNPAID),
        _tab("Factures réglées", Tab.PAID),
        _tab("Factures en trésorerie", Tab.AT_TREASURY),
    )


def _tab(label: str, which: Tab) -> rx.Component:
    usual = f"/factures?onglet={which}"
    return tab(label, href=rx.cond(InvoicesState.is_loaded, InvoicesState.links[which], usual), current=_shows(which))


def _explanation() -> rx.Component:
    return rx.cond(_shows(Tab.AT_TREASURY), notice(AT_TREASURY))


def _filters() -> rx.Component:
    return filters(
        year_choice(InvoicesState.years, InvoicesState.filters["year"], on_change=InvoicesState.choose_year),
        search(
            "Numéro, objet ou montant",
            InvoicesState.filters["search"],
            on_submit=InvoicesState.look_for,
        ),
    )


def _list() -> rx.Component:
    found = rx.cond(InvoicesState.invoices.length() > 0, rx.fragment(_table(), _pages()), _nothing())
    return rx.cond(InvoicesState.is_loaded, found, skeleton(lines=6, height="3rem"))


def _table() -> rx.Component:
    columns = (
        _column("Date", "date"),
        _column("Echéance", "echeance"),
        _column("Montant", "montant", is_number=True),
        _column("Numéro", "numero"),
        _column("Objet", "objet"),
        Column("État"),
    )
    return table("Factures", columns, rx.foreach(InvoicesState.invoices, _line))


def _column(label: str, sort: str, *, is_number: bool = False) -> Column:
    filters = InvoicesState.filters
    direction = rx.cond(filters["sorted"] == sort, filters["direction"], "none")
    return Column(label, is_number=is_number, sort_href=InvoicesState.links[sort], direction=direction)


def _line(invoice: rx.Var[InvoiceRow]) -> rx.Component:
    return row(
        cell("Date", day(invoice.issued_on)),
        cell("Echéance", day(invoice.due_on)),
        cell("Montant", euros(invoice.amount_cents), number=True),
        head_cell(
            "Numéro", row_link(rx.el.span(invoice.number, class_name="number"), href=f"/factures/{invoice.number}")
        ),
        cell("Objet", invoice.subject),
        cell("État", invoice_badge(invoice, InvoicesState.today)),
    )


def invoice_badge(invoice: rx.Var[InvoiceRow], today: rx.Var[str]) -> rx.Component:
    """One word for where the invoice stands today, the most useful one first."""
    unpaid = rx.cond(invoice.due_on < today, badge("En retard", "warning"), badge("À régler", "info"))
    debited = badge(f"Prélèvement le {day(invoice.debited_on)}", "info", icon="landmark")
    partly = badge(f"Reste {euros(invoice.balance_cents)}", "info")
    return rx.cond(
        invoice.kind == InvoiceKind.CREDIT_NOTE,
        badge("Avoir", "neutral"),
        rx.match(
            invoice.status,
            ("reglee", badge("Réglée", "success")),
            ("en_tresorerie", badge("En trésorerie", "danger")),
            rx.cond(
                invoice.is_disputed,
                badge("En réclamation", "neutral"),
                rx.cond(invoice.debited_on, debited, rx.cond(invoice.paid_cents > 0, partly, unpaid)),
            ),
        ),
    )


def _pages() -> rx.Component:
    links = InvoicesState.links
    return pagination(
        InvoicesState.filters["range"],
        previous_href=links["previous"],
        next_href=links["next"],
        has_previous=links["previous"] != "",
        has_next=links["next"] != "",
    )


def _nothing() -> rx.Component:
    is_filtered = (InvoicesState.filters["search"] != "") | (InvoicesState.filters["year"] != "")
    everything = link_button("Tout afficher", href=InvoicesState.links["all"], kind="secondary")
    unfound = empty(
        "Aucune facture ne correspond",
        "Essayez d’autres mots, une autre année, ou un autre onglet.",
        icon="search",
        action=everything,
    )
    by_tab = [(which.value, empty(title, words, icon="receipt_euro")) for which, (title, words) in EMPTY.items()]
    return rx.cond(is_filtered, unfound, rx.match(InvoicesState.filters["tab"], *by_tab, rx.fragment()))


def _pay() -> rx.Component:
    owes = _shows(Tab.UNPAID) & (InvoicesState.invoices.length() > 0)
    return rx.cond(owes, link_button("Payer mes factures", href="/paiement"))


def _shows(which: Tab) -> rx.Var[bool]:
    return InvoicesState.filters["tab"] == which
