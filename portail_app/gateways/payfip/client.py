"""The three operations of PayFiP's web service, without rules of business."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from ssl import SSLContext
from typing import Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx

from portail_app.gateways.payfip.checks import check_idop, check_numcli, check_request, normalise_objet
from portail_app.gateways.payfip.envelope import raw_text, read_envelope, write_envelope
from portail_app.gateways.payfip.faults import InvalidRequest, TechnicalTrouble
from portail_app.gateways.payfip.messages import ClientDetail, CreatedPayment, PaymentDetail, PaymentRequest
from portail_app.gateways.payfip.transport import post_xml

ENDPOINT = "https://www.payfip.gouv.fr/tpa/services/securite"
PAYMENT_PAGE = "https://www.payfip.gouv.fr/tpa/paiementws.web"
PARIS = ZoneInfo("Europe/Paris")


class PayFiPClient:
    """Keeps one pool of connections: `async with`, or `await close()` at the end."""

    def __init__(
        self,
        endpoint: str = ENDPOINT,
        payment_page: str = PAYMENT_PAGE,
        *,
        timeout_seconds: float = 15,
        maximum_bytes: int = 64 * 1024,
    ) -> None:
        self.endpoint = endpoint
        self.payment_page = payment_page
        self.timeout_seconds = timeout_seconds
        self.maximum_bytes = maximum_bytes
        self._http = httpx.AsyncClient(timeout=timeout_seconds, follow_redirects=False, verify=_trusted())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def read_client(self, numcli: str) -> ClientDetail:
        """Who a client number belongs to; changes nothing, so it serves to test a configuration."""
        check_numcli(numcli)
        fields, raw_xml = await self._call("recupererDetailClient", {"numCli": numcli})
        names = {f"libelle_n{n}": fields.get(f"libelleN{n}", "") for n in (1, 2, 3)}
        return ClientDetail(numcli=fields.get("numcli", ""), raw_xml=raw_xml, **names)

    async def create_payment(self, request: PaymentRequest) -> CreatedPayment:
        """Declares a payment; a TechnicalTrouble leaves none that anybody could pay, since its idOp was never shown."""
        check_request(request)
        fields, raw_xml = await self._call("creerPaiementSecurise", _arguments(request))
        idop = fields.get("idOp", "")
        _check_answered_idop(idop, raw_xml)
        return CreatedPayment(idop=idop, raw_xml=raw_xml)

    async def read_payment(self, idop: str) -> PaymentDetail:
        """The result of a payment, the only authoritative one; changes nothing and may be asked at any time.

        Raises ResultNotKnown while there is none, UnknownIdOp where PayFiP does not have it (yet, or any more).
        """
        check_idop(idop)
        fields, raw_xml = await self._call("recupererDetailPaiementSecurise", {"idOp": idop})
        if fields.get("idOp", idop) != idop:
            raise TechnicalTrouble("La réponse porte sur une autre opération", raw_xml)
        return _payment_detail(idop, fields, raw_xml)

    def payment_page_url(self, idop: str) -> str:
        """Where the payer's browser goes."""
        check_idop(idop)
        return f"{self.payment_page}?{urlencode({'idop': idop})}"

    async def _call(self, operation: str, arguments: Mapping[str, str]) -> tuple[dict[str, str], str]:
        answer = await post_xml(
            self._http,
            self.endpoint,
            write_envelope(operation, arguments),
            timeout_seconds=self.timeout_seconds,
            maximum_bytes=self.maximum_bytes,
        )
        return read_envelope(operation, answer), raw_text(answer)


@cache
def _trusted() -> SSLContext:
    """Reading the authorities' certificates holds a core for a twentieth of a second: once is enough."""
    return httpx.create_ssl_context()


def _arguments(request: PaymentRequest) -> dict[str, str]:
    arguments = {
        "exer": request.exer,
        "mel": request.mel,
        "montant": str(request.amount_cents),
        "numcli": request.numcli,
        "objet": normalise_objet(request.objet),
        "refdet": request.refdet,
        "saisie": str(request.saisie),
        "urlnotif": request.urlnotif,
        "urlredirect": request.urlredirect,
    }
    return {name: value for name, value in arguments.items() if value}


def _check_answered_idop(idop: str, raw_xml: str) -> None:
    try:
        check_idop(idop)
    except InvalidRequest as unreadable:
        raise TechnicalTrouble("La réponse ne porte pas d'idOp", raw_xml) from unreadable


def _payment_detail(idop: str, fields: Mapping[str, str], raw_xml: str) -> PaymentDetail:
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


_SAME_NAMES = ("numcli", "exer", "refdet", "objet", "mel", "saisie", "resultrans", "numauto")


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
