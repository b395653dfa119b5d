"""An HTTP client of the portal's own routes, with a document behind them, as the built front end is."""

import httpx
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from portail_app.http.guard import Guard
from portail_app.http.session import routes

ORIGIN = "http://localhost:8000"


async def _document(request) -> HTMLResponse:
    return HTMLResponse("<!doctype html><title>Connexion</title>")


def open_browser(app: ASGIApp | None = None, **cookies: str) -> httpx.AsyncClient:
    """It follows no redirection, so that a test sees each answer."""
    site = Guard(app or Starlette(routes=[*routes, Route("/connexion", _document)]))
    return httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url=ORIGIN, cookies=cookies)
