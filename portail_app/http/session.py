"""The session's cookie: given for a one-time ticket, taken away when its session ends.

Nobody can use either against somebody by a link. A ticket is good for the browser that asked only, so that nobody is
signed into another's account; signing out is a form of our own pages (portail_app/http/guard.py refuses other sites'),
and following a link to `/deconnexion` takes away only the cookie of a session that has already ended.
"""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.http.cookies import delete_cookie, set_cookie
from portail_app.paths import HOME, local_path
from portail_app.reading import reader_of
from portail_app.services.sessions import (
    REMEMBERED_FOR,
    SESSION_COOKIE,
    Browser,
    close_session,
    find_viewer,
    open_session,
)
from portail_app.services.tickets import BROWSER_COOKIE, Admission, use_ticket
from portail_app.viewer import Viewer

SIGN_IN = "/connexion"


async def begin_session(request: Request) -> Response:
    """`GET /session?ticket=...&retour=...`: exchanges the ticket for the cookie, then goes on to `retour`."""
    ticket, browser = request.query_params.get("ticket", ""), request.cookies.get(BROWSER_COOKIE, "")
    now = datetime.now(UTC)
    async with transaction(Viewer.system()) as session:
        admission = await use_ticket(session, ticket, browser, now)
        if admission is None:
            return _go(f"{SIGN_IN}?motif=ticket")
        await close_session(session, request.cookies.get(SESSION_COOKIE, ""), now)
        token = await open_session(session, admission.account_id, _browser(request), now, remember=admission.remember)
    return _admit(request, admission, token)


async def end_session(request: Request) -> Response:
    """`/deconnexion`: POST ends the session and takes its cookie away; GET leaves a session that still lives alone."""
    token, now = request.cookies.get(SESSION_COOKIE, ""), datetime.now(UTC)
    async with transaction(Viewer.system()) as session:
        if request.method == "POST":
            await close_session(session, token, now)
        elif await find_viewer(await reader_of(session), token, now) is not None:
            return _go(HOME)
    answer = _go(SIGN_IN)
    delete_cookie(answer, SESSION_COOKIE)
    return answer


routes = [
    Route("/session", begin_session, methods=["GET"]),
    Route("/deconnexion", end_session, methods=["GET", "POST"]),
]


def _admit(request: Request, admission: Admission, token: str) -> Response:
    answer = _go(local_path(request.query_params.get("retour", "")))
    seconds = int(REMEMBERED_FOR.total_seconds()) if admission.remember else None
    set_cookie(answer, SESSION_COOKIE, token, seconds)
    return answer


def _go(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})


def _browser(request: Request) -> Browser:
    return Browser(request.headers.get("user-agent", ""), request.client.host if request.client else "")
