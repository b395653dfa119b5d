"""The three operations, over HTTP, against the simulator."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from portail_app.gateways.payfip import Outcome, PayFiPClient, ResultNotKnown, Saisie, UnknownIdOp
from portail_app.gateways.payfip.answers import _read_instant
from tests.payfip_orders import order
from tests.payfip_server import SimulatedPayFiP


@pytest.fixture
async def client(payfip: SimulatedPayFiP) -> AsyncIterator[PayFiPClient]:
    async with PayFiPClient(payfip.endpoint, payfip.payment_page) as opened:
        yield opened


async def test_a_client_number_tells_whose_it_is(client):
    found = await client.read_client("004200")

    assert (found.numcli, found.libelle_n1, found.libelle_n2) == ("004200", "Régie des eaux", "")
    assert "recupererDetailClientResponse" in found.raw_xml


async def test_a_created_payment_has_an_idop_and_a_page_for_the_payer(client):
    created = await client.create_payment(order())

    assert created.idop in created.raw_xml
    page = httpx.get(client.payment_page_url(created.idop))
    assert page.status_code == 200
    assert "243,11\u00a0€" in page.text
    assert "2017020002059" in page.text


async def test_two_payments_of_the_same_debt_have_two_idops(client):
    first, second = await asyncio.gather(client.create_payment(order()), client.create_payment(order()))

    assert first.idop != second.idop


async def test_a_payment_that_nobody_has_begun_has_no_result_yet(client):
    created = await client.create_payment(order())

    with pytest.raises(ResultNotKnown) as caught:
        await client.read_payment(created.idop)

    assert caught.value.code == "P5"
    assert caught.value.libelle == "Résultat de la transaction non connu."
    assert caught.value.descriptif == ""
    assert caught.value.severite == 2
    assert "<code>P5</code>" in caught.value.raw_xml
    assert str(caught.value) == "P5 Résultat de la transaction non connu."


async def test_a_paid_payment_comes_back_as_it_was_asked(client, payfip):
    asked = order(objet="Facture d'eau n° 2017-020-002059, été")
    created = await client.create_payment(asked)
    payfip.pay(created.idop)

    found = await client.read_payment(created.idop)

    assert (found.idop, found.numcli, found.refdet) == (created.idop, asked.numcli, asked.refdet)
    assert (found.amount_cents, found.mel, found.saisie) == (24_311, "alice@example.org", Saisie.TEST)
    assert found.objet == "Facture d eau n 2017 020 002059 ete"
    assert (found.resultrans, found.outcome, found.numauto) == ("P", Outcome.PAID, "112233445566-tip")
    assert created.idop in found.raw_xml


@pytest.mark.parametrize(
    ("choice", "outcome", "authorised"),
    [
        ("P", Outcome.PAID, True),
        ("V", Outcome.PAID, True),
        ("R", Outcome.REFUSED, False),
        ("Z", Outcome.REFUSED, False),
        ("A", Outcome.ABANDONED, False),
    ],
)
async def test_each_choice_of_the_payer_has_its_outcome(client, payfip, choice, outcome, authorised):
    created = await client.create_payment(order())
    payfip.pay(created.idop, choice)

    found = await client.read_payment(created.idop)

    assert (found.resultrans, found.outcome) == (choice, outcome)
    assert bool(found.numauto) is authorised


async def test_a_result_of_a_new_means_of_payment_is_unknown_and_kept_as_received(client, payfip):
    created = await client.create_payment(order())
    payfip.conclude(created.idop, "W")

    found = await client.read_payment(created.idop)

    assert (found.resultrans, found.outcome) == ("W", Outcome.UNKNOWN)


async def test_the_instant_of_a_payment_is_utc_to_the_minute(client, payfip):
    created = await client.create_payment(order())
    payfip.pay(created.idop)

    found = await client.read_payment(created.idop)

    assert found.transacted_at.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - found.transacted_at < timedelta(minutes=2)


@pytest.mark.parametrize(
    ("dattrans", "heurtrans", "instant"),
    [
        ("10072017", "1430", datetime(2017, 7, 10, 12, 30, tzinfo=UTC)),  # summer: two hours ahead
        ("10012017", "0030", datetime(2017, 1, 9, 23, 30, tzinfo=UTC)),  # winter, and another day
        ("25102026", "0230", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice that night: the first
        ("29032026", "0230", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # never that night
        ("31022017", "1430", None),
        ("10072017", "2561", None),
        ("00000000", "0000", None),
        ("", "", None),
        ("20170710", "143", None),
        ("²²072017", "1430", None),
    ],
)
def test_the_hours_of_payfip_are_those_of_paris(dattrans, heurtrans, instant):
    assert _read_instant(dattrans, heurtrans) == instant


async def test_an_idop_that_payfip_never_gave_is_unknown(client):
    with pytest.raises(UnknownIdOp):
        await client.read_payment("00000000-0000-11f1-bc2a-02fc00000001")


async def test_an_answer_may_be_read_any_number_of_times(client, payfip):
    created = await client.create_payment(order())
    payfip.pay(created.idop)

    answers = await asyncio.gather(*(client.read_payment(created.idop) for _ in range(8)))

    assert len(set(answers)) == 1


async def test_what_is_said_to_be_wrong_in_an_answer_is_given_as_received(client, payfip):
    created = await client.create_payment(order())
    payfip.pay(created.idop)
    payfip.behave(amount_error_cents=-100, refdet="9999999999", numcli="004205", saisie="W")

    found = await client.read_payment(created.idop)

    assert (found.amount_cents, found.refdet, found.numcli, found.saisie) == (24_211, "9999999999", "004205", "W")


async def test_the_real_addresses_are_the_default():
    async with PayFiPClient() as client:
        assert client.endpoint == "https://www.payfip.gouv.fr/tpa/services/securite"
        assert client.payment_page_url("ab-12") == "https://www.payfip.gouv.fr/tpa/paiementws.web?idop=ab-12"
        assert client.timeout_seconds == 15
