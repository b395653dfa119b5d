"""The three operations of PayFiP's web service, without rules of business."""

from collections.abc import Mapping
from functools import cache
from ssl import SSLContext
from typing import Self
from urllib.parse import urlencode

import httpx

from portail_app.gateways.payfip.answers import read_client_detail, read_created_payment, read_payment_detail
from portail_app.gateways.payfip.checks import check_idop, check_numcli, check_request, normalise_objet
from portail_app.gateways.payfip.envelope import raw_text, read_envelope, write_envelope
from portail_app.gateways.payfip.messages import ClientDetail, CreatedPayment, PaymentDetail, PaymentRequest
from portail_app.gateways.payfip.transport import post_xml

ENDPOINT = "https://www.payfip.gouv.fr/tpa/services/securite"
PAYMENT_PAGE = "https://www.payfip.gouv.fr/tpa/paiementws.web"


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
        return read_client_detail(*await self._call("recupererDetailClient", {"numCli": numcli}))

    async def create_payment(self, request: PaymentRequest) -> CreatedPayment:
        """Declares a payment; a TechnicalTrouble leaves none that anybody could pay, since its idOp was never shown."""
        check_request(request)
        return read_created_payment(*await self._call("creerPaiementSecurise", _arguments(request)))

    async def read_payment(self, idop: str) -> PaymentDetail:
        """The result of a payment, the only authoritative one; changes nothing and may be asked at any time.

        Raises ResultNotKnown while there is none, UnknownIdOp where PayFiP does not have it (yet, or any more).
        """
        check_idop(idop)
        return read_payment_detail(idop, *await self._call("recupererDetailPaiementSecurise", {"idOp": idop}))

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
