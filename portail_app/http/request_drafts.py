"""`/brouillons/{place}`: what is being written, sent by the page while it is typed, and as the tab closes."""

from asyncio import timeout
from json import JSONDecodeError, loads

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.http.asking import signed_in
from portail_app.http.refusals import refusing
from portail_app.services.request_drafts import keep_draft
from portail_app.states.clock import now

MOST_BYTES = 256 * 1024
SECONDS_TO_SEND = 20


@refusing
async def keep(request: Request) -> Response:
    viewer = await signed_in(request)
    typed = _read(await _body(request))
    async with transaction(viewer) as session:
        await keep_draft(session, viewer, request.path_params["place"], typed, now())
    return Response(status_code=204)


async def _body(request: Request) -> bytes:
    """Read as it comes: a body that is too large is not held."""
    body = bytearray()
    async with timeout(SECONDS_TO_SEND):
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Invalid("Trop long pour être gardé.")
    return bytes(body)


def _read(body: bytes) -> dict[str, str]:
    try:
        sent = loads(body)
        if isinstance(sent, dict) and all(isinstance(value, str) for value in sent.values()):
            "".join([*sent, *sent.values()]).encode()  # half of a pair of surrogates is no text
            return sent
    except (JSONDecodeError, UnicodeError, RecursionError) as wrong:
        raise Invalid from wrong
    raise Invalid


routes = [Route("/brouillons/{place}", keep, methods=["POST"])]
