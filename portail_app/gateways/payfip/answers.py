"""What PayFiP's three operations answer, read field by field; an unreadable answer is a TechnicalTrouble."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from portail_app.gateways.payfip.checks import check_idop
from portail_app.gateways.payfip.faults import InvalidRequest, TechnicalTrouble
from portail_app.gateways.payfip.messages import ClientDetail, CreatedPayment, PaymentDetail

PARIS = ZoneInfo("Europe/Paris")
_SAME_NAMES = ("numcli", "exer", "refdet", "objet", "mel", "saisie", "resultrans", "numauto")


def read_client_detail(fields: Mapping[str, str], raw_xml: str) -> ClientDetail:
    names = {f"libelle_n{n}": fields.get(f"libelleN{n}", "") for n in (1, 2, 3)}
    return ClientDetail(numcli=fields.get("numcli", ""), raw_xml=raw_xml, **names)


def read_created_payment(fields: Mapping[str, str], raw_xml: str) -> CreatedPayment:
    idop = fields.get("idOp", "")
    _check_answered_idop(idop, raw_xml)
    return CreatedPayment(idop=idop, raw_xml=raw_xml)


def read_payment_detail(idop: str, fields: Mapping[str, str], raw_xml: str) -> PaymentDetail:
    if fields.get("idOp", idop) != idop:
        raise TechnicalTrouble("La réponse porte sur une autre opération", raw_xml)
    if not fields.get("resultrans"):
        raise TechnicalTrouble("La réponse ne porte pas de résultat", raw_xml)
    same_names = {name: fields.get(name, "") for name in _SAME_NAMES}
    return PaymentDetail(
        idop=idop,
        amount_cents=_read_cents(fields.get("montant", ""), raw_xml),
        transacted_at=_read_instant(fields.get("dattrans", ""), fields.get("heurtrans", "")),
        raw_xml=raw_xml,
        **same_names,
    )


def _check_answered_idop(idop: str, raw_xml: str) -> None:
    try:
        check_idop(idop)
    except InvalidRequest as unreadable:
        raise TechnicalTrouble("La réponse ne porte pas d'idOp", raw_xml) from unreadable


def _read_cents(montant: str, raw_xml: str) -> int:
    if not (montant.isascii() and montant.isdigit() and len(montant) <= 11):
        raise TechnicalTrouble("Le montant de la réponse est illisible", raw_xml)
    return int(montant)


def _read_instant(dattrans: str, heurtrans: str) -> datetime | None:
    """JJMMAAAA and HHMM, in Paris; a result is worth more than its hour, so an unreadable one is only None."""
    if not (len(dattrans) == 8 and len(heurtrans) == 4 and (dattrans + heurtrans).isdigit()):
        return None
    try:
        day, month, year = int(dattrans[:2]), int(dattrans[2:4]), int(dattrans[4:])
        local = datetime(year, month, day, int(heurtrans[:2]), int(heurtrans[2:]), tzinfo=PARIS)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
