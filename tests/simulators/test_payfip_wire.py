"""The web service, byte by byte and through a client generated from its contract."""

import httpx
import pytest
import zeep
import zeep.exceptions
from defusedxml.ElementTree import fromstring

from portail_app.simulators.payfip.faults import CATALOGUE
from tests.payfip_server import SimulatedPayFiP

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
NAMESPACE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/"
    "PaiementSecuriseService"
)
FIELDS = {
    "exer": "2017",
    "mel": "alice@example.org",
    "montant": "24311",
    "numcli": "004200",
    "objet": "Multi Services",
    "refdet": "2017020002059",
    "saisie": "T",
    "urlnotif": "http://127.0.0.1:9/notification",
    "urlredirect": "http://127.0.0.1:9/retour",
}


def envelope(operation: str, inside: str) -> str:
    body = f'<n:{operation} xmlns:n="{NAMESPACE}">{inside}</n:{operation}>'
    return f'<e:Envelope xmlns:e="{SOAP[1:-1]}"><e:Header/><e:Body>{body}</e:Body></e:Envelope>'


def arguments(**fields: str) -> str:
    return f"<arg0>{''.join(f'<{name}>{value}</{name}>' for name, value in fields.items())}</arg0>"


def call(payfip: SimulatedPayFiP, operation: str, **fields: str) -> httpx.Response:
    return post(payfip, envelope(operation, arguments(**fields)))


def create(payfip: SimulatedPayFiP, **changes: str) -> httpx.Response:
    return call(payfip, "creerPaiementSecurise", **(FIELDS | changes))


def post(payfip: SimulatedPayFiP, content: str | bytes, kind: str = "text/xml; charset=utf-8") -> httpx.Response:
    return httpx.post(payfip.endpoint, content=content, headers={"Content-Type": kind, "SOAPAction": '""'})


def idop_of(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return fromstring(answer.content).findtext(f"{SOAP}Body/{{{NAMESPACE}}}creerPaiementSecuriseResponse/return/idOp")


def code_of(answer: httpx.Response) -> str:
    """The functional code, after a look at the whole shape of the fault."""
    fault = fromstring(answer.content).find(f"{SOAP}Body/{SOAP}Fault")
    kind = fault.findtext("faultstring").removeprefix("fr.gouv.finances.cp.tpa.webservice.exceptions.")
    assert answer.status_code == 500
    assert fault.findtext("faultcode") == "S:Server"
    assert fault.find(f"detail/{{{NAMESPACE}}}{kind}/severite") is not None
    return fault.findtext(f"detail/{{{NAMESPACE}}}{kind}/code")


@pytest.fixture(scope="session")
def stranger(payfip_for_all: SimulatedPayFiP) -> zeep.Client:
    """Another project's client, generated from the contract alone."""
    return zeep.Client(payfip_for_all.endpoint + "?wsdl")


def test_a_strangers_client_goes_through_the_three_operations(payfip, stranger):
    client = stranger.service.recupererDetailClient(arg0={"numCli": "004200"})
    idop = stranger.service.creerPaiementSecurise(arg0=FIELDS)
    payfip.pay(idop, "V")
    found = stranger.service.recupererDetailPaiementSecurise(arg0={"idOp": idop})

    assert (client.numcli, client.libelleN1) == ("004200", "Régie des eaux")
    assert (found.idOp, found.refdet, found.montant, found.resultrans) == (idop, "2017020002059", "24311", "V")
    assert (found.exer, found.numauto, found.saisie) == ("20", "112233445566-tip", "T")


@pytest.mark.parametrize("fault", CATALOGUE)
def test_a_strangers_client_recognises_each_fault(payfip, stranger, fault):
    payfip.behave(trouble="fault", fault=fault)

    with pytest.raises(zeep.exceptions.Fault) as caught:
        stranger.service.recupererDetailClient(arg0={"numCli": "004200"})

    kind = CATALOGUE[fault].kind
    declared = stranger.get_element(f"{{{NAMESPACE}}}{kind}")
    detail = declared.parse(caught.value.detail[0], stranger.wsdl.types)
    assert caught.value.message == f"fr.gouv.finances.cp.tpa.webservice.exceptions.{kind}"
    assert (detail.code, detail.libelle) == (CATALOGUE[fault].code, CATALOGUE[fault].libelle)
    assert detail.severite in {1, 2}


def test_the_contract_has_the_names_of_the_real_one(payfip, stranger):
    contract = httpx.get(payfip.endpoint + "?WSDL")
    service = stranger.wsdl.services["PaiementSecuriseService"]
    port = service.ports["PaiementSecuriseServicePort"]

    assert contract.headers["Content-Type"].startswith("text/xml")
    assert port.binding.name.text == f"{{{NAMESPACE}}}PaiementSecuriseServicePortBinding"
    assert port.binding.port_type.name.text == f"{{{NAMESPACE}}}PaiementSecuriseService"
    assert port.binding_options["address"] == payfip.endpoint
    assert {operation.soapaction for operation in port.binding._operations.values()} == {""}
    assert set(port.binding.port_type.operations["creerPaiementSecurise"].fault_messages) == {
        "FonctionnelleErreur",
        "TechDysfonctionnementErreur",
        "TechIndisponibiliteErreur",
        "TechProtocolaireErreur",
    }


@pytest.mark.parametrize(
    ("space", "name"),
    [
        ("requete", "CreerPaiementSecuriseRequest"),
        ("reponse", "CreerPaiementSecuriseResponse"),
        ("reponse", "RecupererDetailClientRequest"),
        ("reponse", "RecupererDetailClientResponse"),
        ("reponse", "RecupererDetailPaiementSecuriseRequest"),
        ("reponse", "RecupererDetailPaiementSecuriseResponse"),
    ],
)
def test_each_type_is_in_the_schema_of_the_real_contract(stranger, space, name):
    declared = stranger.get_type(f"{{http://securite.service.tpa.cp.finances.gouv.fr/{space}}}{name}")

    names = [field for field, _ in declared.elements]
    assert names == sorted(names, key=str.lower)


def test_the_contract_tells_the_address_it_was_fetched_at(payfip):
    contract = httpx.get(payfip.endpoint + "?wsdl", headers={"Host": "demo.example.fr:8443"})

    assert 'location="http://demo.example.fr:8443/demo/payfip/services/securite"' in contract.text


def test_the_address_alone_says_where_the_contract_is(payfip):
    assert "?wsdl" in httpx.get(payfip.endpoint).text


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("A1", {"mel": ""}),
        ("A2", {"mel": "john.doefake.com"}),
        ("A2", {"mel": "a@b.c"}),
        ("A2", {"mel": "a" * 75 + "@b.org"}),
        ("D1", {"urlredirect": ""}),
        ("D1", {"urlredirect": "javascript:alert(1)"}),
        ("D1", {"urlredirect": "http://[bad/"}),
        ("M1", {"montant": ""}),
        ("M1", {"montant": "243,11"}),
        ("M1", {"montant": "-100"}),
        ("M1", {"montant": "1" * 12}),
        ("M3", {"montant": "99"}),
        ("M5", {"montant": "10000000"}),
        ("M5", {"montant": "50001", "numcli": "004205"}),
        ("N1", {"urlnotif": ""}),
        ("N1", {"urlnotif": "file:///etc/passwd"}),
        ("N1", {"urlnotif": "https://portail.example.fr/" + "n" * 250}),
        ("R3", {"refdet": ""}),
        ("R3", {"refdet": "ABCD"}),
        ("R3", {"refdet": "2017-020-002059"}),
        ("R3", {"refdet": "9" * 31}),
        ("S1", {"saisie": "M"}),
        ("S1", {"saisie": ""}),
        ("T1", {"numcli": "4200"}),
        ("T1", {"numcli": ""}),
        ("T2", {"numcli": "999999"}),
        ("T4", {"numcli": "004204"}),
    ],
)
def test_a_wrong_field_is_refused_under_its_code(payfip, code, changes):
    before = len(payfip.state()["payments"])

    assert code_of(create(payfip, **changes)) == code
    assert len(payfip.state()["payments"]) == before


@pytest.mark.parametrize(("numcli", "code"), [("", "T1"), ("42", "T1"), ("999999", "T2"), ("004204", "T4")])
def test_a_wrong_client_number_is_refused_under_its_code(payfip, numcli, code):
    assert code_of(call(payfip, "recupererDetailClient", numCli=numcli)) == code


def test_the_o_of_idop_is_a_capital_one(payfip):
    idop = idop_of(create(payfip))

    assert code_of(call(payfip, "recupererDetailPaiementSecurise", idOp=idop)) == "P5"
    assert code_of(call(payfip, "recupererDetailPaiementSecurise", idop=idop)) == "P1"


def test_the_c_of_the_look_up_of_a_client_is_a_capital_one(payfip):
    assert code_of(call(payfip, "recupererDetailClient", numcli="004200")) == "T1"


def test_a_qualified_argument_is_not_seen(payfip):
    inside = f'<n:arg0 xmlns:n="{NAMESPACE}"><n:numCli>004200</n:numCli></n:arg0>'

    assert code_of(post(payfip, envelope("recupererDetailClient", inside))) == "T1"


def test_what_the_documentation_forbids_without_a_code_is_remarked(payfip):
    idop = idop_of(create(payfip, objet="Facture d'été", exer="17"))

    remarks = payfip.state()["payments"][idop]["remarks"]
    assert [remark.partition(" ")[0] for remark in remarks] == ["objet", "exer"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "pas du XML",
        "<a/>",
        f'<e:Envelope xmlns:e="{SOAP[1:-1]}"/>',
        f'<e:Envelope xmlns:e="{SOAP[1:-1]}"><e:Body/></e:Envelope>',
        f'<e:Envelope xmlns:e="{SOAP[1:-1]}"><e:Body><autre/></e:Body></e:Envelope>',
        envelope("payerSansPayer", arguments()),
        envelope("recupererDetailClient", arguments(numCli="004200")).replace("/soap/envelope/", "/soap12/"),
        '<!DOCTYPE d [<!ENTITY e "004200">]>' + envelope("recupererDetailClient", arguments(numCli="&e;")),
        b"\xff\xfe\x00",
    ],
)
def test_what_is_not_a_request_is_the_callers_fault(payfip, content):
    answer = post(payfip, content)

    assert answer.status_code == 500
    assert fromstring(answer.content).findtext(f"{SOAP}Body/{SOAP}Fault/faultcode") == "S:Client"


def test_a_request_that_is_not_xml_or_is_too_long_is_refused(payfip):
    assert post(payfip, envelope("recupererDetailClient", ""), kind="application/json").status_code == 415
    assert post(payfip, b" " * 65_537).status_code == 413
    assert httpx.put(payfip.endpoint, content=b"").status_code == 405


def test_an_operation_without_argument_is_a_wrong_one(payfip):
    assert code_of(post(payfip, envelope("recupererDetailPaiementSecurise", ""))) == "P1"
