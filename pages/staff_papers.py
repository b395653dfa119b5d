"""/agent/papier: who receives invoices on paper, who does not, since when, and the proof."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    cell,
    empty,
    head_cell,
    instant,
    link,
    link_button,
    list_pages,
    list_search,
    row,
    skeleton,
    staff_layout,
    tab,
    table,
    tabs,
    unfound,
)
from portail_app.services.paper_desk import PaperRow, PaperTab
from portail_app.states.paper_place import PATH
from portail_app.states.papers import PapersState as State
from portail_app.states.site import SiteState

COLUMNS = (
    Column("Abonné"),
    Column("Numéro"),
    Column("Adresse"),
    Column("Factures"),
    Column("Depuis"),
    Column("Preuve"),
)
TABS = (
    (PaperTab.PAPERLESS, "Sans papier"),
    (PaperTab.PAPER, "Avec papier"),
    (PaperTab.CHOSEN, "Tous les choix"),
)


@rx.page(route=PATH, title="Factures au format papier", on_load=[SiteState.load, State.load])
def staff_papers_page() -> rx.Component:
    place = State.place
    nothing = empty("Personne ici", "Un abonné choisit sous « Mes données personnelles ».", icon="file-text")
    none = rx.cond(place["search"] != "", unfound(place), nothing)
    found = rx.cond(State.rows.length() > 0, rx.fragment(_table(), list_pages(place)), none)
    return staff_layout(
        "Factures au format papier",
        rx.el.p(link("← Accueil", href="/agent")),
        rx.cond(State.is_loaded, rx.el.p(_figures())),
        tabs("Factures au format papier", *(_tab(one, label) for one, label in TABS)),
        list_search("Nom ou numéro d’abonné", place, on_submit=State.look_for, by_day=False),
        rx.cond(State.is_loaded, found, skeleton(lines=6, height="3rem")),
        actions=rx.cond(State.is_loaded, _export()),
    )


def _export() -> rx.Component:
    return link_button("Exporter (CSV)", href=State.links["export"], kind="secondary", document=True)


def _figures() -> rx.Component:
    figures = State.figures
    verb = rx.cond(figures.paperless > 1, "abonnés ne reçoivent", "abonné ne reçoit")
    lately = rx.cond(
        figures.lately > 0,
        f" ; {figures.lately} de plus en 30 jours",
        rx.cond(figures.lately < 0, f" ; {-figures.lately} de moins en 30 jours", ""),
    )
    return rx.fragment(
        rx.el.strong(f"{figures.paperless} {verb} plus de papier"),
        f", sur {figures.subscribers} ({figures.per_cent}\u00a0%){lately}.",
    )


def _tab(one: PaperTab, label: str) -> rx.Component:
    usual = f"{PATH}?onglet={one.value}"
    return tab(
        label, href=rx.cond(State.is_loaded, State.links[one.value], usual), current=State.place["tab"] == one.value
    )


def _table() -> rx.Component:
    return table("Factures au format papier", COLUMNS, rx.foreach(State.rows, _line), size="wide")


def _line(one: rx.Var[PaperRow]) -> rx.Component:
    paper = rx.cond(one.wants_paper, badge("Papier", "neutral", icon="file-text"), badge("Sans papier", "success"))
    return row(
        head_cell("Abonné", one.name),
        cell("Numéro", one.number),
        cell("Adresse", one.address),
        cell("Factures", paper),
        cell("Depuis", rx.cond(one.chosen_at, instant(one.chosen_at), "Toujours")),
        cell("Preuve", rx.cond(one.chosen_at, _proof(one), "—")),
    )


def _proof(one: rx.Var[PaperRow]) -> rx.Component:
    return rx.el.details(rx.el.summary(one.email), rx.el.p(f"« {one.words} »", class_name="words"))
