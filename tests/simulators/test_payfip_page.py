"""The payer's page: what it lets do, and the way back to the site."""

import re

import httpx
import pytest

from portail_app.gateways.payfip import PayFiPClient, ResultNotKnown
from tests.payfip_orders import order
from tests.payfip_server import wait_until


async def created(payfip, site, **changes) -> str:
    asked = order(**({"urlnotif": site.urlnotif, "urlredirect": site.urlredirect} | changes))
    async with PayFiPClient(payfip.endpoint) as client:
        return (await client.create_payment(asked)).idop


async def resultrans(payfip, idop) -> str:
    async with PayFiPClient(payfip.endpoint) as client:
        return (await client.read_payment(idop)).resultrans


async def test_the_page_says_what_is_paid_and_to_whom(payfip, site):
    page = payfip.open_page(await created(payfip, site, amount_cents=1_234_567))

    assert page.status_code == 200
    for said in ("Régie des eaux", "004200", "2017020002059", "Multi Services", "12\u202f345,67\u00a0€", "Simulateur"):
        assert said in page.text


async def test_the_page_is_whole_and_accessible_without_any_other_file(payfip, site):
    page = payfip.open_page(await created(payfip, site)).text

    assert '<html lang="fr">' in page
    assert 'name="viewport"' in page
    assert page.count("<h1>") == 1
    assert len(re.findall(r"<fieldset>\s*<legend>", page)) == 3
    assert not re.search(r'(src|href)="', page)
    assert "<script" not in page


@pytest.mark.parametrize("choice", ["P", "R", "V", "Z", "A"])
async def test_each_choice_comes_back_to_the_site_and_is_notified_and_readable(payfip, site, choice):
    idop = await created(payfip, site)

    back = payfip.pay(idop, choice)

    assert back.status_code == 303
    assert back.headers["Location"] == f"{site.urlredirect}&idop={idop}"
    assert await resultrans(payfip, idop) == choice
    wait_until(lambda: idop in site.idops_received())


async def test_the_notification_is_a_form_with_the_idop_and_nothing_else(payfip, site):
    idop = await created(payfip, site)
    payfip.pay(idop)

    wait_until(lambda: idop in site.idops_received())
    assert f"idop={idop}" in site.received
    wait_until(lambda: payfip.notices(idop)[0]["status"] == "HTTP 200")


async def test_a_way_back_without_a_query_gets_one_and_keeps_its_fragment(payfip, site):
    idop = await created(payfip, site, urlredirect="https://portail.example.fr/retour#etat")

    assert payfip.pay(idop).headers["Location"] == f"https://portail.example.fr/retour?idop={idop}#etat"


async def test_leaving_before_any_choice_has_no_result_and_no_notification(payfip, site):
    idop = await created(payfip, site)

    assert payfip.pay(idop, "quitter").status_code == 303
    with pytest.raises(ResultNotKnown):
        await resultrans(payfip, idop)
    assert payfip.notices(idop) == []


async def test_an_abandoned_payment_may_be_paid_on_the_same_idop(payfip, site):
    idop = await created(payfip, site)
    payfip.pay(idop, "A")
    assert await resultrans(payfip, idop) == "A"

    payfip.pay(idop, "P")

    assert await resultrans(payfip, idop) == "P"
    wait_until(lambda: site.idops_received().count(idop) == 2)


@pytest.mark.parametrize("choice", ["P", "V", "R", "Z"])
async def test_an_idop_serves_once(payfip, site, choice):
    idop = await created(payfip, site)
    payfip.pay(idop, choice)

    page, again = payfip.open_page(idop), payfip.choose(idop, "P")

    assert (page.status_code, again.status_code) == (409, 409)
    assert "(P3)" in page.text
    assert await resultrans(payfip, idop) == choice


async def test_an_idop_is_to_be_opened_within_fifteen_minutes(payfip, site):
    idop = await created(payfip, site)
    payfip.advance(14)
    assert payfip.open_page(idop).status_code == 200

    payfip.advance(1.1)

    assert payfip.open_page(idop).status_code == 410
    assert "(P4)" in payfip.open_page(idop).text


async def test_a_payer_who_came_in_time_may_pay_late(payfip, site):
    idop = await created(payfip, site)
    payfip.open_page(idop)
    payfip.advance(40)

    assert payfip.choose(idop, "P").status_code == 303
    assert await resultrans(payfip, idop) == "P"


async def test_nobody_pays_without_having_opened_the_page(payfip, site):
    idop = await created(payfip, site)

    assert payfip.choose(idop, "P").status_code == 410
    with pytest.raises(ResultNotKnown):
        await resultrans(payfip, idop)


@pytest.mark.parametrize("idop", ["", "inconnu", "<script>alert(1)</script>"])
def test_an_unknown_idop_has_no_page(payfip, idop):
    page = payfip.open_page(idop)

    assert page.status_code == 404
    assert "IdOp incorrect. (P1)" in page.text
    assert "<script>" not in page.text


async def test_a_choice_that_is_none_changes_nothing(payfip, site):
    idop = await created(payfip, site)
    payfip.open_page(idop)

    assert payfip.choose(idop, "W").status_code == 400
    assert httpx.post(payfip.payment_page, content=b"\xff\xfe").status_code == 400
    assert httpx.post(payfip.payment_page, content=b"a" * 70_000).status_code == 400
    assert payfip.state()["payments"][idop]["resultrans"] == ""


async def test_what_the_site_wrote_is_never_markup(payfip, site):
    payfip._post("clients", {"numcli": "004299", "libelle": "<b>Régie & $style</b>"})
    page = payfip.open_page(await created(payfip, site, numcli="004299", mel="'<i>'@example.org")).text

    assert "&lt;b&gt;Régie &amp; $style&lt;/b&gt;" in page
    assert "<i>" not in page


async def test_the_page_runs_nothing_and_keeps_nothing(payfip, site):
    headers = payfip.open_page(await created(payfip, site)).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "form-action http: https:" in headers["Content-Security-Policy"]  # else the way back is blocked
    assert headers["Cache-Control"] == "no-store"
