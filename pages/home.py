"""/: what everybody must know, what is due and when, the last consumption."""

import reflex as rx

from portail_app.components import (
    amount,
    ask_notices,
    badge,
    card,
    day,
    days,
    document_link,
    euros,
    link_button,
    litres,
    modal,
    portal_layout,
    prose,
    received_day,
    skeleton,
    volume,
)
from portail_app.services.contract_list import ContractRow
from portail_app.services.papers import Paper
from portail_app.services.site import ShownNotice
from portail_app.states.home import HomeState
from portail_app.states.site import SiteState

HOME = HomeState.home


@rx.page(route="/", title="Accueil", on_load=[SiteState.load, HomeState.load])
def home_page() -> rx.Component:
    loaded = rx.cond(HOME.due.count > 0, _due(), _nothing_due())
    return portal_layout(
        "Accueil",
        rx.cond(HomeState.is_loaded, rx.foreach(SiteState.notices, _over_the_page)),
        ask_notices(HOME.asks),
        rx.cond(HomeState.is_loaded, loaded, skeleton(lines=3, height="2rem")),
        rx.cond(HOME.due.debited_count > 0, _debited()),
        rx.el.div(
            rx.cond(HOME.requests.count > 0, _requests()),
            rx.foreach(HOME.consumptions, _consumption),
            rx.cond(HOME.latest.length() > 0, _latest()),
            class_name="grid",
        ),
        rx.cond(SiteState.welcome_html != "", card(prose(SiteState.welcome_html))),
        rx.foreach(SiteState.notices, _in_the_page),
    )


def _over_the_page(notice: rx.Var[ShownNotice]) -> rx.Component:
    """An important notice, until « Fermer »."""
    unread = notice.is_important & ~HOME.closed_notice_ids.contains(notice.id)
    shown = modal(
        notice.title,
        prose(notice.html),
        id=f"notice-{notice.id}",
        on_close=HomeState.close_notice(notice.id),
    )
    return rx.cond(unread, shown)


def _in_the_page(notice: rx.Var[ShownNotice]) -> rx.Component:
    """What was closed can be read again."""
    return card(prose(notice.html), title=notice.title)


def _due() -> rx.Component:
    due = HOME.due
    words = rx.cond(due.count > 1, f"{due.count} factures à régler", "1 facture à régler")
    late = rx.cond(due.late_count > 1, f"{due.late_count} factures en retard", "1 facture en retard")
    return card(
        amount(euros(due.total_cents)),
        rx.el.p(words, rx.cond(due.next_due_on, f", prochaine échéance le {day(due.next_due_on)}", ""), "."),
        rx.cond(due.late_count > 0, rx.el.p(badge(late, "warning"))),
        rx.el.p(link_button("Voir mes factures", href="/factures")),
        title="À régler",
        accent=True,
    )


def _nothing_due() -> rx.Component:
    return card(
        rx.el.p("Vous êtes à jour : aucune facture n’attend votre règlement."),
        rx.el.p(link_button("Voir mes factures", href="/factures?onglet=reglees", kind="secondary")),
        title="À régler",
    )


def _debited() -> rx.Component:
    due = HOME.due
    return card(
        rx.el.p(f"{euros(due.debited_cents)} seront prélevés, à partir du {day(due.next_debit_on)}."),
        title="Prélèvement automatique",
    )


def _requests() -> rx.Component:
    asked = HOME.requests
    words = rx.cond(asked.count > 1, f"{asked.count} demandes en cours.", "1 demande en cours.")
    several = f"{asked.waiting} attendent votre réponse"
    waiting = rx.cond(asked.waiting > 1, several, "1 attend votre réponse")
    return card(
        rx.el.p(words),
        rx.cond(asked.waiting > 0, rx.el.p(badge(waiting, "warning"))),
        rx.el.p(link_button("Voir mes demandes", href="/demandes", kind="secondary")),
        title="Mes demandes",
    )


def _consumption(contract: rx.Var[ContractRow]) -> rx.Component:
    a_day = litres(contract.last_litres / contract.last_days)
    return card(
        amount(volume(contract.last_litres)),
        rx.el.p(
            f"en {days(contract.last_days)}, soit {a_day} par jour, au {contract.address}. ",
            f"Données du {day(contract.known_on)}.",
        ),
        rx.el.p(link_button("Voir ma consommation", href=f"/contrats/{contract.number}", kind="secondary")),
        title="Dernière consommation",
    )


def _latest() -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(HOME.latest, _document)),
        rx.el.p(link_button("Voir mes documents", href="/documents", kind="secondary")),
        title="Derniers documents",
    )


def _document(paper: rx.Var[Paper]) -> rx.Component:
    name = document_link(paper.name, href=f"/telecharger/documents/{paper.id}", download=True)
    return rx.el.li(name, rx.el.span(f" du {received_day(paper.placed_at)}", class_name="muted"))
