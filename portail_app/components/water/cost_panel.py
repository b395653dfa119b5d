"""What water cost: the last periods, TTC with the fixed part apart; and one of them line by line, as on a bill."""

import reflex as rx

from portail_app.components.basics.badge import badge
from portail_app.components.basics.formats import day, euros, quantity, rate, unit_price, volume
from portail_app.components.basics.link import link
from portail_app.components.forms.field import select_field
from portail_app.components.layout.card import card
from portail_app.components.tables.table import Column, cell, head_cell, row, table
from portail_app.components.tables.total import total_line
from portail_app.services.costs import CostLine
from portail_app.states.contract_costs import ContractCostsState as State
from portail_app.states.contract_costs import CostRow

PERIODS = (
    Column("Période"),
    Column("Volume", is_number=True),
    Column("Total TTC estimé", is_number=True),
    Column("Facturé", is_number=True),
)
LINES = (Column("Désignation"), Column("TVA", is_number=True), Column("Montant HT", is_number=True))
MEANING = (
    "Ces coûts sont calculés avec vos relèves, au tarif en vigueur à la fin de chaque période. "
    "Seules vos factures font foi."
)


def cost_panel() -> rx.Component:
    """Nothing until a tariff and a period are known."""
    return rx.cond(
        State.costs.length() > 0,
        card(
            rx.el.p(badge("Estimation", "info")),
            rx.el.p(MEANING, class_name="muted"),
            table("Coût par période", PERIODS, rx.foreach(State.costs, _period), size="narrow"),
            rx.el.details(rx.el.summary("Voir le détail d’une période"), _detail()),
            title="Coût de l’eau",
        ),
    )


def _period(cost: rx.Var[CostRow]) -> rx.Component:
    bill = link(euros(cost.billed_cents), href=f"/factures/{cost.bill}")
    return row(
        head_cell("Période", f"du {day(cost.start)} au {day(cost.end)}"),
        cell("Volume", volume(cost.litres), number=True),
        cell("Total TTC estimé", rx.el.strong(euros(cost.total_cents)), number=True),
        cell("Facturé", rx.cond(cost.bill != "", bill, "—"), number=True),
    )


def _detail() -> rx.Component:
    options = rx.foreach(
        State.costs,
        lambda cost, place: rx.el.option(f"du {day(cost.start)} au {day(cost.end)}", value=place.to_string()),
    )
    return rx.el.div(
        select_field("Période", "cost_period", options, value=State.chosen.to_string(), on_change=State.choose),
        table("Détail de l’estimation", LINES, rx.foreach(State.lines, _line), size="fitted"),
        total_line("Total HT", euros(State.totals["net"])),
        rx.foreach(State.shares, lambda share: total_line(f"TVA {rate(share['basis_points'])}", euros(share["cents"]))),
        total_line("Dont part fixe TTC", euros(State.totals["fixed"])),
        total_line("Dont consommation TTC", euros(State.totals["used"])),
        total_line("Total TTC estimé", euros(State.totals["gross"]), is_sum=True),
        class_name="stack",
    )


def _line(line: rx.Var[CostLine]) -> rx.Component:
    priced = rx.el.span(quantity(line.quantity, line.unit), " × ", unit_price(line.unit_price), class_name="muted")
    return row(
        head_cell(
            "Désignation", rx.el.span(line.rubric, class_name="muted"), rx.el.br(), line.label, rx.el.br(), priced
        ),
        cell("TVA", rate(line.vat_basis_points), number=True),
        cell("Montant HT", euros(line.amount_cents), number=True),
    )
