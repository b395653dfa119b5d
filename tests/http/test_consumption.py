"""The data of the graph as files, for whoever may read the contract."""

from datetime import date

import pytest

from portail_app.database import transaction
from portail_app.http import http_app
from tests.http.client import open_browser
from tests.supplies import count_days, create_supply, read


@pytest.fixture
async def supply(town):
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer, meter={"is_telemetered": True})
        await read(session, supply.meter)
        await count_days(session, supply.meter, date(2026, 9, 1), date(2026, 11, 15), litres=312)
    return supply


async def ask(person, supply, kind: str, view: str = ""):
    cookies = {"portail_session": person.token} if person else {}
    async with open_browser(http_app, **cookies) as browser:
        address = f"/telecharger/contrats/{supply.contract.number}/consommations.{kind}"
        return await browser.get(address, params={"vue": view} if view else {})


async def test_a_spreadsheet_reads_every_period(town, supply):
    answer = await ask(town.alice, supply, "csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "du;au;volume_m3;jours;litres_par_jour;nature"
    assert lines[-1] == "01/01/2026;30/06/2026;62,000;181;342,5;relevee"
    assert len(lines) == 7
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"


async def test_every_day_is_there_and_not_only_the_month_that_is_shown(town, supply):
    answer = await ask(town.alice, supply, "csv", "jours")

    assert len(answer.content.decode().splitlines()) == 1 + 30 + 31 + 15


async def test_a_program_reads_the_same_with_the_day_of_the_data(town, supply):
    found = (await ask(town.alice, supply, "json", "mois")).json()

    assert (found["contrat"], found["donnees_du"]) == (supply.contract.number, "2026-11-15")
    assert found["point_de_livraison"] == supply.point.number
    months = [(row["du"], row["litres"], row["jours"]) for row in found["consommations"]]
    assert months == [("2026-09-01", 9360, 30), ("2026-10-01", 9672, 31), ("2026-11-01", 4680, 15)]


async def test_years_are_there_too(town, supply):
    found = (await ask(town.alice, supply, "json", "annees")).json()

    assert [row["litres"] for row in found["consommations"]] == [76 * 312]


@pytest.mark.parametrize("kind", ["csv", "json"])
async def test_to_the_neighbour_and_to_nobody_it_does_not_exist(town, supply, kind):
    assert (await ask(town.bruno, supply, kind)).status_code == 404
    assert (await ask(None, supply, kind)).status_code == 404


async def test_staff_may_read_it(town, supply):
    assert (await ask(town.chloe, supply, "json")).status_code == 200
