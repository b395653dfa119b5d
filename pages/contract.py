"""/contrats/[numero]: « vos relèves, vos consommations et un graphique de ces dernières »."""

import reflex as rx

from models import Meter
from portail_app.components import (
    Column,
    ask_notices,
    badge,
    beside,
    card,
    cell,
    consumption_panel,
    cost_panel,
    day,
    empty,
    euros,
    fact,
    facts,
    head_cell,
    index,
    link,
    link_button,
    portal_layout,
    received_day,
    row,
    row_link,
    send_reading_panel,
    skeleton,
    table,
    volume,
)
from portail_app.services.billed import BilledRow
from portail_app.states.billed import BilledState
from portail_app.states.contract import ContractState
from portail_app.states.contract_costs import ContractCostsState
from portail_app.states.reading_rows import ReadingRow
from portail_app.states.sent_readings import SentReadingsState
from portail_app.states.site import SiteState

contract, point = ContractState.contract, ContractState.point
NEWEST = 8
INVOICE_COLUMNS = (
    Column("Facture"),
    Column("Période"),
    Column("Volume", is_number=True),
    Column("Montant", is_number=True),
)
ON_LOAD = [
    SiteState.load,
    ContractState.load,
    SentReadingsState.load,
    ContractCostsState.load,
    BilledState.load_invoices,
]
READING_COLUMNS = (Column("Relevée le"), Column("Index", is_number=True), Column("Nature"), Column("Reçue le"))


@rx.page(route="/contrats/[numero]", title="Mon contrat", on_load=ON_LOAD)
def contract_page() -> rx.Component:
    missing = ContractState.words["missing"]
    return portal_layout(
        rx.cond(contract, f"Contrat {contract.number}", "Contrat"),
        rx.el.p(link("← Mes contrats", href="/contrats")),
        rx.cond(missing, _nothing(missing), rx.cond(contract, _found(), skeleton(lines=4, height="6rem"))),
    )


def _nothing(missing: rx.Var[str]) -> rx.Component:
    back = link_button("Voir mes contrats", href="/contrats", kind="secondary")
    return empty(missing, "Vérifiez son numéro, ou cherchez-le dans vos contrats.", icon="search", action=back)


def _found() -> rx.Component:
    asked = ask_notices(ContractCostsState.asks)
    told = rx.fragment(consumption_panel(), send_reading_panel(), cost_panel(), _readings(), _invoices())
    return rx.fragment(asked, beside(told, _summary()))


def _summary() -> rx.Component:
    return rx.el.div(_delivery(), rx.foreach(ContractState.meters, _meter), class_name="stack")


def _delivery() -> rx.Component:
    return card(
        facts(
            fact("Service", contract.service),
            fact("Adresse", rx.fragment(point.address, rx.el.br(), f"{point.postal_code} {point.city}")),
            fact("Point de livraison", point.number),
            fact("Tarif", contract.tariff_code, given=contract.tariff_code),
            fact("Depuis le", day(contract.started_on)),
            fact("Jusqu’au", day(contract.ended_on), given=contract.ended_on),
        ),
        rx.el.p(link("Fuites et alertes de ce contrat", href=f"/contrats/{contract.number}/fuite")),
        title="Contrat",
    )


def _meter(meter: rx.Var[Meter]) -> rx.Component:
    return card(
        rx.cond(meter.is_telemetered, rx.el.p(badge("Télérelevé", "info", icon="clock"))),
        facts(
            fact("N° de série", meter.serial),
            fact("Diamètre", f"{meter.diameter_mm} mm", given=meter.diameter_mm),
            fact("Année", meter.made_in.to_string(), given=meter.made_in),
            fact("Emplacement", point.meter_place, given=point.meter_place),
            fact("Posé le", day(meter.installed_on)),
            fact("Déposé le", day(meter.removed_on), given=meter.removed_on),
            fact("Index de dépose", index(meter.removed_index_litres), given=meter.removed_index_litres != None),  # noqa: E711
        ),
        title=rx.cond(meter.removed_on, "Ancien compteur", "Compteur"),
    )


def _readings() -> rx.Component:
    newest, older = ContractState.readings[:NEWEST], ContractState.readings[NEWEST:]
    more = rx.el.details(rx.el.summary("Relèves plus anciennes"), _reading_table(older))
    lines = rx.fragment(_reading_table(newest), rx.cond(older.length() > 0, more))
    nothing = rx.el.p("Aucune relève pour l’instant : la première apparaîtra ici.", class_name="muted")
    return card(rx.cond(ContractState.readings.length() > 0, lines, nothing), title="Relèves")


def _reading_table(readings: rx.Var[tuple[ReadingRow, ...]]) -> rx.Component:
    return table("Relèves", READING_COLUMNS, rx.foreach(readings, _reading), size="narrow")


def _reading(reading: rx.Var[ReadingRow]) -> rx.Component:
    serial = rx.cond(ContractState.meters.length() > 1, _detail(reading.serial))
    return row(
        head_cell("Relevée le", day(reading.read_on)),
        cell("Index", rx.el.span(index(reading.index_litres), serial), number=True),
        cell("Nature", rx.el.span(reading_badge(reading.kind), rx.cond(reading.comment, _detail(reading.comment)))),
        cell("Reçue le", rx.cond(reading.received_at, received_day(reading.received_at), "—")),
    )


def _detail(words: rx.Var[str]) -> rx.Component:
    return rx.el.span(rx.el.br(), words, class_name="muted")


def reading_badge(kind: rx.Var[str]) -> rx.Component:
    return rx.match(
        kind,
        ("estimee", badge("Estimée", "neutral")),
        ("transmise", badge("Transmise", "info", icon="upload")),
        ("telerelevee", badge("Télérelevée", "info", icon="clock")),
        badge("Relevée", "success"),
    )


def _invoices() -> rx.Component:
    billed = BilledState.invoices
    lines = table("Factures de ce contrat", INVOICE_COLUMNS, rx.foreach(billed, _invoice), size="narrow")
    folded = rx.el.details(rx.el.summary("Voir les factures de ce contrat"), lines)
    return rx.cond(billed.length() > 0, card(folded, title="Factures"))


def _invoice(invoice: rx.Var[BilledRow]) -> rx.Component:
    period = f"du {day(invoice.period_start)} au {day(invoice.period_end)}"
    return row(
        head_cell("Facture", row_link(invoice.number, href=f"/factures/{invoice.number}")),
        cell("Période", rx.cond(invoice.period_start, period, day(invoice.issued_on))),
        cell("Volume", rx.cond(invoice.volume_litres != None, volume(invoice.volume_litres), "—"), number=True),  # noqa: E711
        cell("Montant", euros(invoice.amount_cents), number=True),
    )
