"""What was used: the graph, how it is looked at, and the same data in a table and as files."""

import reflex as rx

from portail_app.components.basics.contents import Words
from portail_app.components.basics.formats import day, litres, volume
from portail_app.components.basics.link import link, link_button
from portail_app.components.layout.card import card
from portail_app.components.layout.tabs import tab, tabs
from portail_app.components.tables.table import Column, cell, head_cell, row, table
from portail_app.components.water.graph import graph
from portail_app.services.consumption_charts import Bar, View
from portail_app.states.contract import ContractState

words = ContractState.words
NOTHING = "Il faut deux relèves pour connaître une consommation : le graphique apparaîtra avec la prochaine."
COLUMNS = (
    Column("Période"),
    Column("Volume", is_number=True),
    Column("Par jour", is_number=True),
    Column("Un an avant", is_number=True),
    Column("Nature"),
)


def consumption_panel() -> rx.Component:
    drawn = rx.cond(ContractState.bars.length() > 0, _drawn(), rx.el.p(NOTHING, class_name="muted"))
    return card(_views(), drawn, title="Consommation")


def _views() -> rx.Component:
    choices = tabs(
        "Présentation de la consommation",
        _view("Relèves", View.PERIODS),
        _view("Années", View.YEARS),
        _view("Mois", View.MONTHS),
        _view("Jours", View.DAYS),
    )
    return rx.cond(words["is_telemetered"], choices)


def _view(label: str, view: View) -> rx.Component:
    return tab(label, href=words[view.value], current=words["view"] == view.value)


def _drawn() -> rx.Component:
    return rx.fragment(
        rx.el.h3(words["title"]),
        rx.el.p(
            rx.cond(words["mean"], f"{words['mean']}, ", ""),
            f"données du {day(words['known_on'])}",
            class_name="muted",
        ),
        _pages(),
        graph(ContractState.figure, f"{words['title']}. Les mêmes données sont dans le tableau qui suit."),
        rx.el.details(rx.el.summary("Voir les données"), _table()),
        _files(),
    )


def _pages() -> rx.Component:
    """What comes before and after the year or the month that is shown."""
    before = rx.cond(words["previous"], link("← Précédent", href=words["previous"]))
    after = rx.cond(words["next"], link("Suivant →", href=words["next"]))
    return rx.cond(words["previous"] + words["next"], rx.el.p(before, after, class_name="cluster"))


def _table() -> rx.Component:
    return table(words["title"], COLUMNS, rx.foreach(ContractState.bars, _line), size="narrow")


def _line(bar: rx.Var[Bar]) -> rx.Component:
    daily = bar.litres / bar.days
    return row(
        head_cell("Période", bar.name),
        cell("Volume", _or_dash(bar.litres, _amount(bar.litres)), number=True),
        cell("Par jour", _or_dash(bar.litres, litres(daily)), number=True),
        cell("Un an avant", _or_dash(bar.litres_before, _amount(bar.litres_before)), number=True),
        cell("Nature", _kind(bar)),
    )


def _amount(flowed: rx.Var[int | None]) -> Words:
    return rx.cond(words["view"] == View.DAYS.value, litres(flowed), volume(flowed))


def _or_dash(flowed: rx.Var[int | None], shown: Words) -> Words:
    return rx.cond(flowed != None, shown, "—")  # noqa: E711  a Var, compared in the browser


def _kind(bar: rx.Var[Bar]) -> Words:
    names = {"relevee": "Relevée", "estimee": "Estimée", "transmise": "Transmise", "telerelevee": "Télérelevée"}
    return rx.match(bar.kind, *names.items(), "")


def _files() -> rx.Component:
    return rx.el.p(
        link_button("Télécharger en CSV", href=words["csv"], kind="secondary", document=True),
        link_button("Télécharger en JSON", href=words["json"], kind="secondary", document=True),
        class_name="cluster",
    )
