"""SOAP 1.1 document/literal as PayFiP speaks it: the operation is qualified, what is under it is not."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portail_app.gateways.payfip.faults import FaultDetail, TechnicalTrouble, fault_for

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/"
    "PaiementSecuriseService"
)


def write_envelope(operation: str, arguments: Mapping[str, str]) -> bytes:
    envelope = Element(f"{{{SOAP}}}Envelope")
    body = SubElement(envelope, f"{{{SOAP}}}Body")
    argument = SubElement(SubElement(body, f"{{{SERVICE}}}{operation}"), "arg0")
    for name, value in arguments.items():
        SubElement(argument, name).text = value
    written: bytes = tostring(envelope, encoding="utf-8", xml_declaration=True)
    return written


def read_envelope(operation: str, answer: bytes) -> dict[str, str]:
    """The fields under `return`; raises PayFiPFault or TechnicalTrouble, with the XML received."""
    raw_xml = raw_text(answer)
    body = _body_of(answer, raw_xml)
    fault = body.find(f"{{{SOAP}}}Fault")
    if fault is not None:
        raise fault_for(_read_fault(fault), raw_xml)
    returned = body.find(f"{{{SERVICE}}}{operation}Response/return")
    if returned is None:
        raise TechnicalTrouble(f"La réponse n'est pas celle de {operation}", raw_xml)
    return _fields(returned)


def raw_text(answer: bytes) -> str:
    """The answer as a text that a database accepts: PostgreSQL refuses the NUL character."""
    return answer.decode("utf-8", errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _body_of(answer: bytes, raw_xml: str) -> Element:
    try:
        envelope: Element = fromstring(answer, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as broken:
        raise TechnicalTrouble(f"Réponse illisible : {type(broken).__name__}", raw_xml) from broken
    body = envelope.find(f"{{{SOAP}}}Body") if envelope.tag == f"{{{SOAP}}}Envelope" else None
    if body is None:
        raise TechnicalTrouble("La réponse n'est pas une enveloppe SOAP", raw_xml)
    return body


def _read_fault(fault: Element) -> FaultDetail:
    found = next(iter(fault.find("detail") or ()), None)
    if found is None:
        return FaultDetail("", "", fault.findtext("faultstring", "").strip(), "", None)
    fields = _fields(found)
    return FaultDetail(
        kind=_local_name(found),
        code=fields.get("code", ""),
        libelle=fields.get("libelle", ""),
        descriptif=fields.get("descriptif", ""),
        severite=_severity(fields.get("severite", "")),
    )


def _severity(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _fields(parent: Element) -> dict[str, str]:
    return {_local_name(child): (child.text or "").strip() for child in parent}


def _local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
