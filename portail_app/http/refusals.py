"""A "no" over HTTP: a short page in words, with the status that fits."""

from collections.abc import Awaitable, Callable
from functools import wraps
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portail_app.errors import Forbidden, NotFound, NotSignedIn, Refusal, TooManyTries

Endpoint = Callable[[Request], Awaitable[Response]]
STATUS: dict[type[Refusal], int] = {NotFound: 404, NotSignedIn: 401, Forbidden: 403, TooManyTries: 429}
PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{sentence}</title></head>
<body style="font: 1.125rem system-ui; margin: 3rem auto; max-width: 36rem; padding: 0 1rem">
<h1 style="font-size: 1.5rem">{sentence}</h1><p><a href="/">Revenir à l’accueil</a></p></body></html>"""


def refusing(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose refusals are answered instead of raised."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return HTMLResponse(PAGE.format(sentence=escape(refusal.sentence)), STATUS.get(type(refusal), 400))

    return answered
