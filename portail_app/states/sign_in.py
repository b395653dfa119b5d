"""Signing in: the password is checked here, and a one-time ticket fetches the cookie over HTTP."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.errors import Invalid, NotSignedIn
from portail_app.paths import local_path
from portail_app.services import credentials, tickets
from portail_app.services.sessions import SESSION_COOKIE
from portail_app.states import tries
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.states.browser import leave_for
from portail_app.states.proofs import prove
from portail_app.states.viewers import read_cookie
from portail_app.viewer import Viewer

NOTICES = {
    "mot-de-passe": "Le nouveau mot de passe a bien été pris en compte. Vous pouvez maintenant vous connecter.",
    "ticket": "La connexion n’a pas abouti à temps. Veuillez vous connecter à nouveau.",
}


class SignInState(Answers, rx.State):
    """`notice` is why the person was brought here."""

    notice: str = ""

    @public_event
    async def load(self, viewer: Viewer) -> EventSpec | None:
        """Who is signed in, and has only pressed "back", goes on."""
        told = NOTICES.get(_asked(self, "motif"), "")
        if viewer.is_signed_in and not told:
            return rx.redirect(local_path(_asked(self, "retour")), replace=True)
        self.notice = told or _ended_session(self)
        self.error, self.error_field = "", ""
        return None

    @public_event
    async def sign_in(self, form_data: dict[str, Any]) -> EventSpec | None:
        with self._showing_refusals():
            address = self.router.session.client_ip
            email, password = _read_credentials(form_data)
            proven = await prove(email, password, address)
            browser = read_cookie(self.router.headers.cookie, tickets.BROWSER_COOKIE)
            ticket = await _write_ticket(proven, email, address, browser, bool(form_data.get("remember")))
            return leave_for("/session?" + urlencode({"ticket": ticket, "retour": _asked(self, "retour")}))
        return self._focus_on_error()


def _read_credentials(form_data: dict[str, Any]) -> tuple[str, str]:
    """What was typed. Raises Invalid for what was not, before anything is counted."""
    email, password = credentials.normal_email(typed(form_data, "email")), typed(form_data, "password")
    if not email:
        raise Invalid("Saisissez votre identifiant : c’est votre adresse mail.", field="email")
    if not password:
        raise Invalid("Saisissez votre mot de passe.", field="password")
    return email, password


async def _write_ticket(proven: credentials.Credentials, email: str, address: str, browser: str, remember: bool) -> str:
    async with transaction(Viewer.system()) as session:
        await credentials.confirm_credentials(session, proven)
        await tries.forgive(session, email, address)
        return await tickets.write_ticket(session, proven.account_id, browser, remember, datetime.now(UTC))


def _ended_session(state: rx.State) -> str:
    """Said to whoever was signed in: the browser still has a cookie, and a page sent the person here."""
    was_signed_in = _asked(state, "retour") and read_cookie(state.router.headers.cookie, SESSION_COOKIE)
    return NotSignedIn.sentence if was_signed_in else ""


def _asked(state: rx.State, name: str) -> str:
    """A parameter of the page's address."""
    return str(state.router.url.query_parameters.get(name, ""))
