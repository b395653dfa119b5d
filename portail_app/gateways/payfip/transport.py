"""One bounded HTTP exchange: in time, in size, and in what is believed to be an answer."""

import asyncio

import httpx

from portail_app.gateways.payfip.envelope import raw_text
from portail_app.gateways.payfip.faults import TechnicalTrouble

KEPT_OF_A_BAD_ANSWER = 2_000  # bytes


async def post_xml(
    http: httpx.AsyncClient, url: str, content: bytes, *, timeout_seconds: float, maximum_bytes: int
) -> bytes:
    """The XML answered with HTTP 200, or 500 as SOAP faults are; anything else is a TechnicalTrouble."""
    try:
        async with (
            asyncio.timeout(timeout_seconds),
            http.stream("POST", url, content=content, headers=_HEADERS) as answer,
        ):
            return _believable(answer, await _read_at_most(answer, maximum_bytes))
    except TimeoutError as late:
        raise TechnicalTrouble(f"Pas de réponse complète en {timeout_seconds:g} s") from late
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as broken:
        raise TechnicalTrouble(f"Échange impossible : {type(broken).__name__}") from broken


_HEADERS = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '""',
    "Accept": "text/xml",
    "Accept-Encoding": "identity",  # a compressed answer could not be bounded while it is read
}


async def _read_at_most(answer: httpx.Response, maximum_bytes: int) -> bytes:
    received = bytearray()
    async for chunk in answer.aiter_raw():
        received += chunk
        if len(received) > maximum_bytes:
            raise TechnicalTrouble(f"Réponse de plus de {maximum_bytes} octets", _kept(received))
    return bytes(received)


def _believable(answer: httpx.Response, body: bytes) -> bytes:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if answer.status_code not in {200, 500}:
        raise TechnicalTrouble(f"HTTP {answer.status_code}", _kept(body))
    if kind not in _XML_TYPES or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise TechnicalTrouble(f"HTTP {answer.status_code}, la réponse n'est pas du XML", _kept(body))
    return body


_XML_TYPES = {"text/xml", "application/xml", "application/soap+xml"}


def _kept(body: bytes | bytearray) -> str:
    return raw_text(bytes(body[:KEPT_OF_A_BAD_ANSWER]))
