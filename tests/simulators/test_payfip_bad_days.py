"""Every bad day that the control panel can make."""

import asyncio
import time
from datetime import datetime

import pytest

from portail_app.gateways.payfip import PayFiPClient, ResultNotKnown, ServiceTrouble, TechnicalTrouble, UnknownIdOp
from tests.payfip_orders import order
from tests.payfip_server import wait_until


@pytest.fixture
async def client(payfip):
    async with PayFiPClient(payfip.endpoint, timeout_seconds=5) as opened:
        yield opened


@pytest.fixture
async def idop(client, site) -> str:
    return (await client.create_payment(order(urlnotif=site.urlnotif, urlredirect=site.urlredirect))).idop


async def test_a_result_may_be_unknown_for_a_while(payfip, site, client, idop):
    payfip.behave(result_after_minutes=10)
    payfip.pay(idop)

    with pytest.raises(ResultNotKnown):
        await client.read_payment(idop)
    assert idop not in site.idops_received()
    payfip.advance(10)

    assert (await client.read_payment(idop)).resultrans == "P"
    wait_until(lambda: idop in site.idops_received())


async def test_the_night_purges_what_nobody_paid(payfip, client, idop):
    payfip.pay(idop, "quitter")
    payfip.fall_asleep()

    with pytest.raises(UnknownIdOp):
        await client.read_payment(idop)
    assert payfip.open_page(idop).status_code == 404


@pytest.mark.parametrize("choice", ["P", "R", "A"])
async def test_the_night_keeps_what_reached_the_operator_for_a_year(payfip, client, idop, choice):
    payfip.pay(idop, choice)
    payfip.fall_asleep()
    assert (await client.read_payment(idop)).resultrans == choice

    payfip.advance(364 * 24 * 60)
    payfip.advance(2 * 24 * 60)

    with pytest.raises(UnknownIdOp):
        await client.read_payment(idop)


async def test_the_night_is_the_same_for_all_and_ends_at_four_in_paris(payfip):
    payfip.fall_asleep()

    now = datetime.fromisoformat(payfip.state()["now"])
    assert now.minute == 0
    assert now.hour in {2, 3}


async def test_a_notification_may_be_lost(payfip, site, client, idop):
    payfip.behave(notification="lost")
    payfip.pay(idop)

    assert (await client.read_payment(idop)).resultrans == "P"
    assert payfip.notices(idop) == []


async def test_a_notification_may_come_twice_at_once(payfip, site, idop):
    payfip.behave(notification="duplicated")
    payfip.pay(idop)

    wait_until(lambda: site.idops_received().count(idop) == 2)
    assert len(payfip.notices(idop)) == 2


async def test_a_notification_may_come_before_its_result(payfip, site, client, idop):
    payfip.behave(notification="early")
    payfip.pay(idop)

    wait_until(lambda: idop in site.idops_received())
    with pytest.raises(ResultNotKnown):
        await client.read_payment(idop)
    payfip.advance(1)
    assert (await client.read_payment(idop)).resultrans == "P"


async def test_a_notification_may_come_late(payfip, site, client, idop):
    payfip.behave(notification="late", late_by_seconds=3_600)
    payfip.pay(idop)

    assert (await client.read_payment(idop)).resultrans == "P"
    payfip.advance(59)
    assert idop not in site.idops_received()
    payfip.advance(1.1)

    wait_until(lambda: idop in site.idops_received())


async def test_a_late_notification_leaves_by_itself_when_its_time_comes(payfip, site, idop):
    payfip.behave(notification="late", late_by_seconds=1)
    payfip.pay(idop)

    wait_until(lambda: idop in site.idops_received())


async def test_a_notification_that_nobody_takes_is_written_down(payfip, client):
    created = await client.create_payment(order(urlnotif="http://127.0.0.1:9/"))
    payfip.pay(created.idop)

    wait_until(lambda: payfip.notices(created.idop)[0]["status"] == "échec : ConnectError")


async def test_a_notification_may_be_sent_again_by_hand(payfip, site, idop):
    payfip.behave(notification="lost")
    payfip.pay(idop)
    payfip.notify_again(idop)

    wait_until(lambda: idop in site.idops_received())


async def test_the_amount_may_be_wrong(payfip, client, idop):
    payfip.pay(idop)
    payfip.behave(amount_error_cents=1)

    assert (await client.read_payment(idop)).amount_cents == 24_312


@pytest.mark.parametrize(
    ("field", "value"),
    [("resultrans", "W"), ("refdet", "AUTRE000001"), ("numcli", "004205"), ("saisie", "X")],
)
async def test_a_field_of_the_answer_may_be_another_payments(payfip, client, idop, field, value):
    payfip.pay(idop)
    payfip.behave(**{field: value})

    assert getattr(await client.read_payment(idop), field) == value


async def test_a_result_may_be_written_over_another(payfip, client, idop):
    for resultrans in ("A", "P", "R", "W"):
        payfip.conclude(idop, resultrans)

        assert (await client.read_payment(idop)).resultrans == resultrans


async def test_a_fault_may_hit_one_operation_a_number_of_times(payfip, client, idop):
    payfip.behave(trouble="fault", fault="999", trouble_on="recupererDetailPaiementSecurise", trouble_times=2)
    payfip.conclude(idop, "P")

    await client.read_client("004200")
    for _ in range(2):
        with pytest.raises(ServiceTrouble):
            await client.read_payment(idop)
    assert (await client.read_payment(idop)).resultrans == "P"
    assert payfip.state()["scenario"]["trouble"] == "none"


async def test_an_http_error_may_hit_all_operations_until_changed(payfip, client, idop):
    payfip.behave(trouble="http", http_status=500)

    for _ in range(3):
        with pytest.raises(TechnicalTrouble, match="HTTP 500"):
            await client.read_payment(idop)
    payfip.behave(trouble="none")
    await client.read_client("004200")


async def test_a_slow_answer_holds_nobody_else_up(payfip, client, idop):
    payfip.behave(trouble="slow", slow_seconds=2, trouble_times=1)
    started = time.monotonic()

    slow = asyncio.create_task(client.read_client("004200"))
    await asyncio.sleep(0.2)
    await client.read_client("004200")
    quick = time.monotonic() - started
    await slow

    assert quick < 1.5
    assert time.monotonic() - started >= 2
