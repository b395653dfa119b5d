"""/contrats: what the subscriber is supplied with, where, and the last consumption of each."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    cell,
    day,
    days,
    empty,
    head_cell,
    portal_layout,
    row,
    row_link,
    skeleton,
    table,
    volume,
)
from portail_app.services.contract_list import ContractRow
from portail_app.states.contracts import ContractsState
from portail_app.states.site import SiteState

COLUMNS = (
    Column("Contrat"),
    Column("Service"),
    Column("Adresse"),
    Column("Compteur"),
    Column("Consommation", is_number=True),
    Column("État"),
)


@rx.page(route="/contrats", title="Mes contrats", on_load=[SiteState.load, ContractsState.load])
def contracts_page() -> rx.Component:
    lines = table("Contrats", COLUMNS, rx.foreach(ContractsState.contracts, _line), size="wide")
    nothing = empty(
        "Aucun contrat", "Vos contrats apparaîtront ici dès que le service les aura enregistrés.", icon="file-text"
    )
    found = rx.cond(ContractsState.contracts.length() > 0, lines, nothing)
    return portal_layout("Mes contrats", rx.cond(ContractsState.is_loaded, found, skeleton(lines=3, height="3rem")))


def _line(contract: rx.Var[ContractRow]) -> rx.Component:
    return row(
        head_cell("Contrat", row_link(contract.number, href=f"/contrats/{contract.number}")),
        cell("Service", contract.service),
        cell("Adresse", contract.address),
        cell("Compteur", contract.serial),
        cell("Consommation", _consumption(contract), number=True),
        cell("État", rx.cond(contract.is_open, badge("En cours", "success"), badge("Terminé", "neutral"))),
    )


def _consumption(contract: rx.Var[ContractRow]) -> rx.Component:
    detail = rx.el.span(f"{days(contract.last_days)}, au {day(contract.known_on)}", class_name="muted")
    known = rx.el.span(volume(contract.last_litres), rx.el.br(), detail)
    return rx.cond(contract.last_litres != None, known, rx.el.span("Pas encore de relève", class_name="muted"))  # noqa: E711
