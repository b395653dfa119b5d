"""Answers that no PayFiP should give: each is a trouble, quickly, in bounded memory, and nothing is concluded."""

import gzip
import time
import tracemalloc

import pytest

from portail_app.gateways.payfip import (
    CreatedPayment,
    PayFiPClient,
    PayFiPFault,
    PaymentDetail,
    ServiceTrouble,
    TechnicalTrouble,
)
from portail_app.gateways.payfip.envelope import SERVICE, SOAP
from tests.payfip_orders import order
from tests.raw_server import Script, answer, drip, endless, serve_raw

IDOP = "00000000-0000-11f1-bc2a-02fc00000001"


def enveloped(body: str) -> bytes:
    return f'<S:Envelope xmlns:S="{SOAP}" xmlns:n="{SERVICE}"><S:Body>{body}</S:Body></S:Envelope>'.encode()


def detail(**fields: str) -> bytes:
    good = {
        "dattrans": "10072017",
        "heurtrans": "1430",
        "idOp": IDOP,
        "montant": "24311",
        "refdet": "2017020002059",
        "resultrans": "P",
    }
    children = "".join(f"<{name}>{value}</{name}>" for name, value in (good | fields).items())
    name = "recupererDetailPaiementSecuriseResponse"
    return enveloped(f"<n:{name}><return>{children}</return></n:{name}>")


async def read(script: Script, **settings: float) -> PaymentDetail:
    with serve_raw(script) as endpoint:
        async with PayFiPClient(endpoint, **settings) as client:
            return await client.read_payment(IDOP)


async def trouble_of(script: Script, **settings: float) -> TechnicalTrouble:
    with pytest.raises(TechnicalTrouble) as caught:
        await read(script, **settings)
    return caught.value


async def create(script: Script) -> CreatedPayment:
    with serve_raw(script) as endpoint:
        async with PayFiPClient(endpoint) as client:
            return await client.create_payment(order())


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'.encode() + detail(refdet="&l9;")
FILE = b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + detail(refdet="&f;")
PARAMETER = b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>' + detail()


@pytest.mark.parametrize("body", [BOMB, FILE, PARAMETER, b'<!DOCTYPE d SYSTEM "d.dtd">' + detail()])
async def test_entities_and_doctypes_are_refused_at_once(body):
    started = time.monotonic()

    caught = await trouble_of(answer(body))

    assert time.monotonic() - started < 2
    assert caught.raw_xml == body.decode()
    assert "root:" not in str(caught)


async def test_fifty_megabytes_are_cut_after_the_first_kilobytes():
    sent: list[int] = []
    tracemalloc.start()

    caught = await trouble_of(endless(b"x" * 65_536, times=800, sent=sent))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "65536 octets" in str(caught)
    assert len(caught.raw_xml) <= 2_000
    assert sum(sent) < 25_000_000
    assert peak < 5_000_000


async def test_a_compressed_bomb_is_not_unfolded():
    bomb = gzip.compress(b" " * 50_000_000)

    caught = await trouble_of(answer(bomb[:60_000], headers="Content-Encoding: gzip\r\n"))

    assert "XML" in str(caught)


async def test_a_slow_drip_is_cut_by_the_whole_time_and_not_by_each_read():
    started = time.monotonic()

    caught = await trouble_of(drip(detail(), pause=0.1), timeout_seconds=0.5)

    assert time.monotonic() - started < 2
    assert "0.5 s" in str(caught)


@pytest.mark.parametrize("kind", ["text/html", "application/json", "", "text/xmlx"])
async def test_a_good_answer_under_a_wrong_type_is_not_believed(kind):
    caught = await trouble_of(answer(detail(), kind=kind))

    assert "2017020002059" in caught.raw_xml


@pytest.mark.parametrize("kind", ["text/xml", "TEXT/XML;charset=UTF-8", "application/xml", "application/soap+xml"])
async def test_the_types_of_xml_are_believed(kind):
    assert (await read(answer(detail(), kind=kind))).amount_cents == 24_311


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0",
        b"<",
        detail()[:-20],
        detail()[: len(detail()) // 2],
        b"\xff\xfe" + detail(),
        b'<?xml version="1.0" encoding="nothing-known"?>' + detail(),
        b'<?xml version="1.0" encoding="utf-7"?>' + detail(),
        b"<html><body>Maintenance</body></html>",
        b"<a>" * 5_000,
        b"<a>" * 5_000 + b"</a>" * 5_000,
        enveloped(""),
        enveloped("<n:creerPaiementSecuriseResponse><return><idOp>1</idOp></return></n:creerPaiementSecuriseResponse>"),
        enveloped("<n:recupererDetailPaiementSecuriseResponse/>"),
        enveloped("<recupererDetailPaiementSecuriseResponse><return/></recupererDetailPaiementSecuriseResponse>"),
        detail().replace(SOAP.encode(), b"http://www.w3.org/2003/05/soap-envelope"),
    ],
)
async def test_what_is_not_the_answer_is_a_trouble_with_what_was_received(body):
    caught = await trouble_of(answer(body))

    assert "\0" not in caught.raw_xml
    assert bool(caught.raw_xml) is bool(body)


async def test_a_connection_cut_in_the_middle_is_a_trouble():
    await trouble_of(answer(detail()[:50], declared=5_000))


async def test_a_connection_closed_without_a_word_is_a_trouble():
    await trouble_of(lambda connection: None)


async def test_something_that_is_not_http_is_a_trouble():
    await trouble_of(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"))


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_a_redirection_is_not_followed(status):
    caught = await trouble_of(answer(detail(), status=status, headers="Location: http://127.0.0.1:9/\r\n"))

    assert str(status) in str(caught)


@pytest.mark.parametrize("status", [201, 400, 403, 404, 429, 502, 503, 504])
async def test_a_good_answer_under_a_wrong_status_is_not_believed(status):
    await trouble_of(answer(detail(), status=status))


@pytest.mark.parametrize("montant", ["", "243,11", "-24311", "24311.0", "1" * 12, "٢٤٣", "1_000", "NaN"])
async def test_an_unreadable_amount_is_a_trouble(montant):
    await trouble_of(answer(detail(montant=montant)))


async def test_a_detail_without_a_result_is_a_trouble():
    await trouble_of(answer(detail(resultrans="")))


async def test_the_answer_about_another_payment_is_a_trouble():
    await trouble_of(answer(detail(idOp="11111111-0000-11f1-bc2a-02fc00000001")))


async def test_an_unreadable_hour_does_not_hide_a_payment():
    found = await read(answer(detail(dattrans="hier")))

    assert (found.resultrans, found.transacted_at) == ("P", None)


@pytest.mark.parametrize("idop", ["", "<b/>", "a b", "x" * 65, "é", "../../etc"])
async def test_a_created_payment_without_a_usable_idop_is_a_trouble(idop):
    name = "creerPaiementSecuriseResponse"
    body = enveloped(f"<n:{name}><return><idOp>{idop}</idOp></return></n:{name}>")

    with pytest.raises(TechnicalTrouble):
        await create(answer(body))


@pytest.mark.parametrize(
    "fault",
    [
        "<faultcode>S:Client</faultcode><faultstring>Cannot find dispatch method</faultstring>",
        "<faultstring>x</faultstring><detail/>",
        "<faultstring>x</faultstring><detail><FonctionnelleErreur/></detail>",
        "<faultstring>x</faultstring><detail><other><code>P1</code></other></detail>",
        "",
    ],
)
async def test_a_soap_fault_that_does_not_say_a_code_of_payfip_is_a_trouble(fault):
    caught = await trouble_of(answer(enveloped(f"<S:Fault>{fault}</S:Fault>"), status=500))

    assert isinstance(caught, ServiceTrouble)


@pytest.mark.parametrize("severite", ["", "2", "grave", "9" * 400, "-1", "²"])
async def test_a_fault_with_an_odd_severity_keeps_its_code(severite):
    found = f"<n:FonctionnelleErreur><code>Q7</code><severite>{severite}</severite></n:FonctionnelleErreur>"
    body = enveloped(f"<S:Fault><detail>{found}</detail></S:Fault>")

    with pytest.raises(PayFiPFault) as caught:
        await read(answer(body, status=500))

    assert (type(caught.value), caught.value.code) == (PayFiPFault, "Q7")
    assert caught.value.severite == (2 if severite == "2" else None)


async def test_a_fault_is_a_fault_even_under_http_200():
    body = enveloped(
        "<S:Fault><detail><n:FonctionnelleErreur><code>P1</code></n:FonctionnelleErreur></detail></S:Fault>"
    )

    with pytest.raises(PayFiPFault, match="P1"):
        await read(answer(body))
