"""Each "no" of PayFiP has its class, and a trouble is never mistaken for a "no"."""

import time

import pytest

from portail_app.gateways.payfip import (
    BadConfiguration,
    IdOpTooOld,
    IdOpUsed,
    PayFiPClient,
    PayFiPFault,
    RefusedRequest,
    ResultNotKnown,
    ServiceTrouble,
    TechnicalTrouble,
    UnknownIdOp,
)
from portail_app.gateways.payfip.faults import FaultDetail, fault_for
from tests.payfip_orders import order

IDOP = "00000000-0000-11f1-bc2a-02fc00000001"
CLASSES = {
    "P1": UnknownIdOp,
    "P3": IdOpUsed,
    "P4": IdOpTooOld,
    "P5": ResultNotKnown,
    "T1": BadConfiguration,
    "T2": BadConfiguration,
    "T4": BadConfiguration,
    "T9": BadConfiguration,
    **dict.fromkeys(["A1", "A2", "D1", "M1", "M3", "M5", "N1", "R3", "S1"], RefusedRequest),
}


@pytest.mark.parametrize(("code", "kind"), CLASSES.items())
async def test_each_code_has_its_class(payfip, code, kind):
    payfip.behave(trouble="fault", fault=code)
    async with PayFiPClient(payfip.endpoint) as client:
        with pytest.raises(PayFiPFault) as caught:
            await client.read_payment(IDOP)

    assert type(caught.value) is kind
    assert caught.value.code == code
    assert caught.value.libelle
    assert f"<code>{code}</code>" in caught.value.raw_xml
    assert not isinstance(caught.value, TechnicalTrouble)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("P2", PayFiPFault),
        ("P10", PayFiPFault),
        ("T10", BadConfiguration),
        ("A9", RefusedRequest),
        ("Q7", PayFiPFault),
        ("p1", PayFiPFault),
    ],
)
def test_a_code_that_nobody_has_met_has_the_class_of_its_family_or_none(code, kind):
    fault = fault_for(FaultDetail("FonctionnelleErreur", code, "Libellé", "", 2), "<xml/>")

    assert type(fault) is kind
    assert (fault.code, fault.raw_xml, fault.severite) == (code, "<xml/>", 2)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("FonctionnelleErreur", "999"),
        ("FonctionnelleErreur", ""),
        ("TechDysfonctionnementErreur", "P1"),
        ("TechIndisponibiliteErreur", "T2"),
        ("", "P1"),
        ("NouvelleErreur", "R3"),
    ],
)
def test_what_is_no_considered_no_is_a_trouble_whatever_its_code(kind, code):
    fault = fault_for(FaultDetail(kind, code, "Libellé", "", None), "<xml/>")

    assert type(fault) is ServiceTrouble
    assert fault.raw_xml == "<xml/>"


@pytest.mark.parametrize(
    ("libelle", "descriptif", "said"),
    [("Libellé", "", "R3 Libellé"), ("Libellé", "Descriptif", "R3 Descriptif"), ("", "", "R3")],
)
def test_a_fault_says_its_code_and_the_words_that_payfip_gives(libelle, descriptif, said):
    assert str(fault_for(FaultDetail("FonctionnelleErreur", "R3", libelle, descriptif, 2), "")) == said


@pytest.mark.parametrize("fault", ["999", "TechIndisponibiliteErreur", "TechProtocolaireErreur"])
async def test_a_technical_fault_is_a_trouble_and_says_when_to_ask_again(payfip, fault):
    payfip.behave(trouble="fault", fault=fault)
    async with PayFiPClient(payfip.endpoint) as client:
        with pytest.raises(ServiceTrouble) as caught:
            await client.create_payment(order())

    assert isinstance(caught.value, TechnicalTrouble)
    assert not isinstance(caught.value, PayFiPFault)
    assert (caught.value.code, caught.value.severite) == ("999", 1)
    assert caught.value.retry_after.total_seconds() == 30 * 60
    assert "Erreur>" in caught.value.raw_xml


@pytest.mark.parametrize("status", [404, 500, 502, 503])
async def test_an_http_error_without_soap_is_a_trouble(payfip, status):
    payfip.behave(trouble="http", http_status=status)
    async with PayFiPClient(payfip.endpoint) as client:
        with pytest.raises(TechnicalTrouble) as caught:
            await client.read_payment(IDOP)

    assert str(status) in str(caught.value)
    assert "Service indisponible" in caught.value.raw_xml


async def test_a_slow_answer_is_given_up_in_time_though_the_payment_exists(payfip):
    before = len(payfip.state()["payments"])
    payfip.behave(trouble="slow", trouble_on="creerPaiementSecurise", slow_seconds=3)
    started = time.monotonic()
    async with PayFiPClient(payfip.endpoint, timeout_seconds=0.3) as client:
        with pytest.raises(TechnicalTrouble):
            await client.create_payment(order())

    assert time.monotonic() - started < 2
    assert len(payfip.state()["payments"]) == before + 1


async def test_nobody_listening_is_a_trouble():
    async with PayFiPClient("http://127.0.0.1:9/services/securite") as client:
        with pytest.raises(TechnicalTrouble) as caught:
            await client.read_client("004200")

    assert caught.value.raw_xml == ""


async def test_an_address_that_is_none_is_a_trouble():
    async with PayFiPClient("http://[::1/services/securite") as client:
        with pytest.raises(TechnicalTrouble):
            await client.read_client("004200")


async def test_real_refusals_come_from_real_requests(payfip):
    async with PayFiPClient(payfip.endpoint) as client:
        with pytest.raises(BadConfiguration, match="T2"):
            await client.create_payment(order(numcli="123456"))
        with pytest.raises(BadConfiguration, match="T4"):
            await client.read_client("004204")
        with pytest.raises(RefusedRequest, match="M5"):
            await client.create_payment(order(numcli="004205", amount_cents=50_001))
