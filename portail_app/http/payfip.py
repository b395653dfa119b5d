"""What PayFiP and the payer's browser say when a payment is over: a hint to ask PayFiP, and never more than that."""

import logging
import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from portail_app.http.frequency import Frequency
from portail_app.jobs.payments import hint_at_result

LONGEST_BODY = 4_096
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_hints = Frequency(most=120, within_seconds=60)

log = logging.getLogger(__name__)


async def receive_notification(request: Request) -> Response:
    """`/paiement/notification`: always 200 and at once, whatever came; only an idOp is taken from it."""
    idop = _find_idop(request.url.query, await _read_body(request))
    if idop and _hints.allows(_address(request)):
        await _hint(idop=idop)
    return PlainTextResponse("OK")


async def receive_return(request: Request) -> Response:
    """`/paiement/retour/{reference}`: the payer comes back, by GET or POST, to the page that waits for the result."""
    reference = quote(request.path_params["reference"], safe="")
    if reference.isalnum() and _hints.allows(_address(request)):
        await _hint(reference=reference)
    return RedirectResponse(
        f"/paiement/{reference}?retour=payfip", status_code=303, headers={"Cache-Control": "no-store"}
    )


routes = [
    Route("/paiement/notification", receive_notification, methods=["GET", "POST"]),
    Route("/paiement/retour/{reference:str}", receive_return, methods=["GET", "POST"]),
]


async def _hint(**named: str) -> None:
    """What is not heard here is asked at the payment's next hour."""
    try:
        await hint_at_result(datetime.now(UTC), **named)
    except Exception:
        log.exception("A hint about a payment was not followed")


async def _read_body(request: Request) -> str:
    """What was posted, up to what a notification can be; more than that is none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return ""
    return body.decode("utf-8", "replace")


def _find_idop(query: str, body: str) -> str:
    """A field named `idop` in any case, in the body or in the address; else a UUID anywhere in the body."""
    for name, value in [*parse_qsl(body), *parse_qsl(query)]:
        if name.lower() == "idop" and _UUID.fullmatch(value):
            return value
    found = _UUID.search(body)
    return found.group() if found else ""


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
