"""A "no" over HTTP: a short page in words, with the status that fits."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from html import escape
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from portail_app.errors import (
    FileRefused,
    Forbidden,
    NotFound,
    NotSignedIn,
    Refusal,
    TooLarge,
    TooManyTries,
    Unavailable,
)

Endpoint = Callable[[Request], Awaitable[Response]]
STATUS: dict[type, int] = {
    NotFound: 404,
    NotSignedIn: 401,
    Forbidden: 403,
    TooLarge: 413,
    FileRefused: 422,
    TooManyTries: 429,
    Unavailable: 503,
}
HEADERS = {503: {"Retry-After": "60", "Cache-Control": "no-store"}}
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{sentence}</title></head>
<body style="font: 1.125rem system-ui; margin: 3rem auto; max-width: 36rem; padding: 0 1rem">
<h1 style="font-size: 1.5rem">{sentence}</h1><p><a href="/">Revenir à l’accueil</a></p></body></html>"""
log = logging.getLogger(__name__)


def refusing(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose refusals are answered instead of raised."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return await refuse(request, refusal)

    return answered


def answering(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose refusals are answered as JSON: `{"sentence": ...}`."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return JSONResponse({"sentence": refusal.sentence}, status_of(refusal))

    return answered


async def refuse(request: Request, refusal: Exception) -> Response:
    """Also Starlette's handler, for the routes that do not wear `refusing`."""
    assert isinstance(refusal, Refusal)
    status = status_of(refusal)
    return HTMLResponse(PAGE.format(sentence=escape(refusal.sentence)), status, headers=HEADERS.get(status))


def status_of(refusal: Refusal) -> int:
    return next((STATUS[kind] for kind in type(refusal).mro() if kind in STATUS), 400)


async def apologise(request: Request, failure: Exception) -> Response:
    """A bug: the page says the number under which it is logged."""
    incident = uuid4().hex[:8]
    log.error("Incident %s: %s %s", incident, request.method, request.url.path)  # the server logs the rest
    sentence = f"Une erreur est survenue. Réessayez, ou donnez au service ce numéro : {incident}."
    return HTMLResponse(PAGE.format(sentence=sentence), 500)
