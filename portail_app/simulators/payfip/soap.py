"""SOAP 1.1 document/literal, as the real service reads and writes it: what is under the operation is not qualified."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portail_app.simulators.payfip.faults import FaultText

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/"
    "PaiementSecuriseService"
)
EXCEPTIONS = "fr.gouv.finances.cp.tpa.webservice.exceptions"


class NotSoap(Exception):
    """The request is not one that this service can dispatch."""


def read_request(content: bytes) -> tuple[str, dict[str, str]]:
    """The operation's name and the fields of `arg0`; a qualified field is not seen, as on the real service."""
    try:
        envelope: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as broken:
        raise NotSoap(f"Couldn't create SOAP message due to exception: {broken}") from broken
    body = envelope.find(f"{{{SOAP}}}Body") if envelope.tag == f"{{{SOAP}}}Envelope" else None
    wrapper = next(iter(body), None) if body is not None else None
    if wrapper is None or not wrapper.tag.startswith(f"{{{SERVICE}}}"):
        raise NotSoap(f"Cannot find dispatch method for {wrapper.tag if wrapper is not None else 'an empty body'}")
    fields = {field.tag: (field.text or "").strip() for field in wrapper.findall("arg0/*")}
    return wrapper.tag.rpartition("}")[2], fields


def write_response(operation: str, fields: Mapping[str, str | None]) -> bytes:
    envelope, body = _envelope()
    returned = SubElement(SubElement(body, f"{{{SERVICE}}}{operation}Response"), "return")
    for name, value in fields.items():
        if value is not None:
            SubElement(returned, name).text = value
    return _written(envelope)


def write_fault(fault: FaultText) -> bytes:
    envelope, body = _envelope()
    detail = SubElement(_fault(body, "S:Server", f"{EXCEPTIONS}.{fault.kind}"), "detail")
    found = SubElement(detail, f"{{{SERVICE}}}{fault.kind}")
    SubElement(found, "code").text = fault.code
    SubElement(found, "descriptif")
    SubElement(found, "libelle").text = fault.libelle
    SubElement(found, "severite").text = str(fault.severite)
    return _written(envelope)


def write_client_fault(reason: str) -> bytes:
    envelope, body = _envelope()
    _fault(body, "S:Client", reason)
    return _written(envelope)


def _envelope() -> tuple[Element, Element]:
    envelope = Element("S:Envelope", {"xmlns:S": SOAP})
    return envelope, SubElement(envelope, "S:Body")


def _fault(body: Element, code: str, reason: str) -> Element:
    fault = SubElement(body, "S:Fault")
    SubElement(fault, "faultcode").text = code
    SubElement(fault, "faultstring").text = reason
    return fault


def _written(envelope: Element) -> bytes:
    written: bytes = tostring(envelope, encoding="UTF-8", xml_declaration=True)
    return written
