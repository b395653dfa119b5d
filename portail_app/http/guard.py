"""What every HTTP answer carries, and which requests are refused before anybody reads them."""

from http import HTTPStatus
from secrets import token_urlsafe

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portail_app.http.content_policy import policy_of
from portail_app.http.cookies import set_cookie
from portail_app.services.tickets import BROWSER_COOKIE
from portail_app.settings import settings

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
PAYER_RETURNS = "/paiement/retour/"  # PayFiP's page may send its payer back by a post, which changes nothing here
ALWAYS = {"X-Content-Type-Options": "nosniff"}
OF_DOCUMENTS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "same-origin",  # the secret of /mot-de-passe?lien=... goes to no other site
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NAMED_BY_CONTENT = "/assets/"
ASKED_AGAIN_BY = ("ETag", "Last-Modified", "Accept-Ranges")  # 0.7 KB of the first visit, of files that never change
KEPT_BY_BROWSERS = {
    NAMED_BY_CONTENT: "max-age=31536000, immutable",
    "/fonts/": "max-age=604800",
    "/favicon.svg": "max-age=300",
    "/icons.svg": "max-age=300",
}
WHEN_SECURE = {"Strict-Transport-Security": "max-age=31536000"}


class Guard:
    """ASGI middleware: refuses another site's posts, and gives documents their headers and the browser's cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif "\0" in scope["path"]:
            await PlainTextResponse("Page introuvable.", 404)(scope, receive, send)
        elif _comes_from_another_site(scope):
            await PlainTextResponse("Requête refusée : elle vient d’un autre site.", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, _finishing(scope, send))


def _comes_from_another_site(scope: Scope) -> bool:
    """A browser names the site that posts; a program that does not (PayFiP's notification) carries no cookie."""
    headers = Headers(scope=scope)
    if scope["method"] in SAFE_METHODS or scope["path"].startswith(PAYER_RETURNS):
        return False
    origin = headers.get("origin")
    if origin is not None:
        return origin not in settings().origins
    return headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}


def _finishing(scope: Scope, send: Send) -> Send:
    async def finish(message: Message) -> None:
        if message["type"] == "http.response.start":
            _finish(scope, MutableHeaders(scope=message))
            _let_browsers_keep(scope, message)
        await send(message)

    return finish


def _finish(scope: Scope, answer: MutableHeaders) -> None:
    for name, value in {**ALWAYS, **(WHEN_SECURE if settings().is_served_securely else {})}.items():
        answer.setdefault(name, value)
    if _is_document(scope, answer):
        for name, value in OF_DOCUMENTS.items():
            answer.setdefault(name, value)
        answer.setdefault("Content-Security-Policy", policy_of(scope["path"]))
        _name_the_browser(scope, answer)


def _let_browsers_keep(scope: Scope, answer: Message) -> None:
    """What is the same for everybody and was found; a person's own files are under other paths."""
    kept = next((how for path, how in KEPT_BY_BROWSERS.items() if scope["path"].startswith(path)), None)
    if kept is None or answer["status"] not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return
    headers = MutableHeaders(scope=answer)
    headers.setdefault("Cache-Control", kept)
    if scope["path"].startswith(NAMED_BY_CONTENT):
        for name in ASKED_AGAIN_BY:
            del headers[name]


def _is_document(scope: Scope, answer: MutableHeaders) -> bool:
    """Also the page that the browser kept, which is answered 304 without a type."""
    kind = answer.get("content-type", "")
    return kind.startswith("text/html") or (not kind and "text/html" in Headers(scope=scope).get("accept", ""))


def _name_the_browser(scope: Scope, answer: MutableHeaders) -> None:
    """So that a sign-in's ticket is good in this browser only (services/tickets.py)."""
    if HTTPConnection(scope).cookies.get(BROWSER_COOKIE):
        return
    carrier = Response()
    set_cookie(carrier, BROWSER_COOKIE, token_urlsafe(32))
    answer.append("Set-Cookie", carrier.headers["set-cookie"])
