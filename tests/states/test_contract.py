"""Mon contrat and Mes contrats, as a tab of the browser knows them."""

import json
from datetime import date

import pytest

from models import InvoiceContract, ReadingKind
from portail_app.database import transaction
from portail_app.errors import NotSignedIn
from portail_app.states.billed import BilledState
from portail_app.states.contract import ContractState
from portail_app.states.contracts import ContractsState
from tests.factories import create_invoice, save
from tests.supplies import Supply, count_days, create_supply, read
from tests.tabs import open_tab


async def supply_of(town, **values: object) -> Supply:
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer, **values)
        await read(session, supply.meter)
    return supply


async def shown(person, supply: Supply, **query: str) -> ContractState:
    tab = await open_tab(ContractState, person, f"/contrats/{supply.contract.number}", **query)
    await tab.load()
    return tab


def drawn(tab: ContractState) -> dict:
    return json.loads(tab.figure)


async def test_a_subscriber_sees_her_contracts_and_the_neighbour_none(town):
    supply = await supply_of(town)
    hers, his = await open_tab(ContractsState, town.alice), await open_tab(ContractsState, town.bruno)
    await hers.load()
    await his.load()

    assert [row.number for row in hers.contracts] == [supply.contract.number]
    assert (his.contracts, his.is_loaded) == ((), True)


async def test_a_contract_shows_its_meter_its_readings_and_a_graph(town):
    tab = await shown(town.alice, await supply_of(town))

    assert tab.contract is not None
    assert tab.point is not None
    assert tab.meters[0].diameter_mm == 15
    assert (tab.readings[0].read_on, tab.readings[0].index_litres) == (date(2026, 6, 30), 461_000)
    assert tab.words["known_on"] == "2026-06-30"
    assert [trace["name"] for trace in drawn(tab)["data"]] == ["Un an avant", "Relevée", "Moyenne"]
    assert len(drawn(tab)["said"]) == len(tab.bars) == 6


async def test_what_is_said_of_a_bar_is_whole(town):
    tab = await shown(town.alice, await supply_of(town))

    assert drawn(tab)["said"][-1] == (
        "du 01/01/2026 au 30/06/2026 : 62\u00a0m³, 343\u00a0L par jour, un an avant : 61\u00a0m³, relevée"
    )


async def test_readings_are_marked_by_their_kind(town):
    supply = await supply_of(town)
    async with transaction(town.alice.viewer) as session:
        await read(session, supply.meter, ("2026-10-01", 500), kind=ReadingKind.ESTIMATED)
    tab = await shown(town.alice, supply)

    estimated = next(trace for trace in drawn(tab)["data"] if trace["name"] == "Estimée")
    assert estimated["x"] == [6]
    marker = estimated["marker"]
    assert (marker["pattern"]["shape"], marker["pattern"]["fillmode"]) == ("/", "overlay")  # on its colour, not instead
    assert marker["color"] != marker["pattern"]["fgcolor"]


async def test_a_neighbours_contract_and_a_missing_one_are_the_same_page(town):
    supply = await supply_of(town)
    his = await shown(town.bruno, supply)
    none = await open_tab(ContractState, town.alice, "/contrats/C999999")
    await none.load()

    assert his.words == none.words == {"missing": "Contrat introuvable."}
    assert his.contract is none.contract is None
    assert (his.readings, his.bars, his.figure) == ((), (), "")


async def test_nobody_is_asked_to_sign_in(town):
    supply = await supply_of(town)
    with pytest.raises(NotSignedIn):
        await shown(None, supply)


@pytest.mark.parametrize("view", ["periodes", "annees", "mois", "jours"])
async def test_ten_years_of_days_weigh_less_than_20_kb(town, view):
    telemetered = {"is_telemetered": True, "installed_on": date(2016, 1, 1)}
    supply = await supply_of(town, meter=telemetered, started_on=date(2016, 1, 1))
    async with transaction(town.alice.viewer) as session:
        await count_days(session, supply.meter, date(2016, 11, 16), date(2026, 11, 15), litres=1234)
    tab = await shown(town.alice, supply, vue=view)

    assert tab.words["view"] == view
    assert 0 < len(tab.figure.encode()) < 10_000


async def test_a_view_that_does_not_exist_is_the_usual_one(town):
    tab = await shown(town.alice, await supply_of(town), vue="siecles")

    assert tab.words["view"] == "periodes"
    assert tab.words["is_telemetered"] == ""


async def test_a_new_subscriber_has_no_figure(town):
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer)
    tab = await shown(town.alice, supply)

    assert (tab.figure, tab.bars, tab.words["mean"], tab.words["known_on"]) == ("", (), "", "")


async def test_a_contract_shows_its_invoices_and_an_invoice_leads_to_its_contract(town):
    supply = await supply_of(town)
    async with transaction(town.alice.viewer) as session:
        invoice = await create_invoice(session, town.alice.viewer)
        await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=supply.contract.id))
    contract = await open_tab(BilledState, town.alice, f"/contrats/{supply.contract.number}")
    bill = await open_tab(BilledState, town.alice, f"/factures/{invoice.number}")
    await contract.load_invoices()
    await bill.load_contracts()

    assert [row.number for row in contract.invoices] == [invoice.number]
    assert bill.contracts == (supply.contract.number,)
