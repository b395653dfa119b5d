"""The control panel itself: its page, its forms, its JSON, and what it refuses."""

import re
from datetime import datetime, timedelta

import httpx
import pytest

from portail_app.gateways.payfip import PayFiPClient
from tests.payfip_orders import order


@pytest.fixture
async def client(payfip):
    async with PayFiPClient(payfip.endpoint) as opened:
        yield opened


@pytest.fixture
async def idop(client, site) -> str:
    return (await client.create_payment(order(urlnotif=site.urlnotif, urlredirect=site.urlredirect))).idop


async def test_a_new_utility_may_be_made_known(payfip, client):
    payfip._post("clients", {"numcli": "090909", "libelle": "Régie nouvelle"})

    assert (await client.read_client("090909")).libelle_n1 == "Régie nouvelle"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("scenario", {"notification": "peut-être"}),
        ("scenario", {"slow_seconds": 1_000}),
        ("scenario", {"slow_seconds": "NaN"}),
        ("scenario", {"fault": "Z9"}),
        ("scenario", {"resultrans": "<b>"}),
        ("scenario", {"inconnu": 1}),
        ("scenario", []),
        ("horloge", {}),
        ("horloge", {"minutes": "demain"}),
        ("horloge", {"minutes": "nan"}),
        ("horloge", {"minutes": [1]}),
        ("horloge", {"minutes": 1e12}),
        ("clients", {"numcli": "42", "libelle": "x"}),
        ("clients", {"numcli": "004298"}),
    ],
)
def test_a_wrong_setting_changes_nothing(payfip, action, fields):
    before = payfip.state()

    answer = httpx.post(f"{payfip.address}/reglages/{action}", json=fields)

    assert answer.status_code == 422
    assert answer.json()["erreur"]
    assert {**payfip.state(), "now": ""} == {**before, "now": ""}


def test_the_clock_does_not_leave_for_ever(payfip):
    address = f"{payfip.address}/reglages/horloge"

    answers = [httpx.post(address, json={"minutes": 500_000}).status_code for _ in range(9)]

    assert (answers[0], answers[-1]) == (200, 422)
    assert payfip.open_page("x").status_code == 404


def test_a_payment_that_is_not_there_cannot_be_concluded(payfip):
    assert httpx.post(f"{payfip.address}/reglages/paiements/x", json={"resultrans": "P"}).status_code == 404


async def test_the_panel_shows_everything_and_its_forms_name_real_settings(payfip, idop):
    page = httpx.get(f"{payfip.address}/reglages").text
    shown = {*re.findall(r'name="(\w+)"', page)}

    assert shown >= set(payfip.state()["scenario"])
    assert idop in page
    assert "sans résultat (P5)" in page
    assert '<html lang="fr">' in page


async def test_the_page_tells_the_state_of_each_payment(payfip, idop):
    def told() -> str:
        return httpx.get(f"{payfip.address}/reglages").text

    payfip.behave(result_after_minutes=5)
    payfip.pay(idop)
    assert "P : payé par carte, lisible à" in told()
    payfip.conclude(idop, "Q")
    assert "Q : inconnu" in told()
    payfip.reset()
    payfip.advance(365 * 24 * 60)
    payfip.advance(365 * 24)
    assert "oublié (P1)" in told()


async def test_every_form_of_the_panel_works_and_comes_back_to_it(payfip, client, idop):
    with httpx.Client(base_url=payfip.address + "/", follow_redirects=True) as browser:
        answers = [
            browser.post("reglages/scenario", data={"notification": "lost", "amount_error_cents": "5", "refdet": ""}),
            browser.post("reglages/horloge", data={"minutes": "16"}),
            browser.post("reglages/clients", data={"numcli": "004297", "libelle": "R", "secured": "false"}),
            browser.post(f"reglages/paiements/{idop}", data={"resultrans": "V"}),
            browser.post(f"reglages/paiements/{idop}", data={"resultrans": "V", "notify": "1"}),
        ]
        found = await client.read_payment(idop)
        answers += [
            browser.post("reglages/remise-a-zero"),
            browser.post("reglages/horloge", data={"minutes": "16", "to": "real"}),
        ]

    assert {str(answer.url) for answer in answers} == {f"{payfip.address}/reglages"}
    assert {answer.status_code for answer in answers} == {200}
    assert (found.resultrans, found.amount_cents) == ("V", 24_316)
    assert payfip.state()["clients"]["004297"]["secured"] is False
    assert abs(payfip.state()["clock_offset_seconds"]) < 1


async def test_a_wrong_form_says_why(payfip):
    answer = httpx.post(f"{payfip.address}/reglages/scenario", data={"slow_seconds": "longtemps"})

    assert answer.status_code == 422
    assert "slow_seconds" in answer.text
    assert 'href="../reglages"' in answer.text


def test_another_sites_page_cannot_change_the_settings(payfip):
    answer = httpx.post(
        f"{payfip.address}/reglages/horloge", data={"minutes": "5"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
    now = datetime.fromisoformat(payfip.state()["now"])
    assert abs(now - datetime.now(now.tzinfo)) < timedelta(minutes=1)
