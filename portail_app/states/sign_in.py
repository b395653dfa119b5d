"""Signing in: the password is checked here, and a one-time ticket fetches the cookie over HTTP."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.errors import NotSignedIn
from portail_app.paths import local_path
from portail_app.services.credentials import normal_email
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.states.browser import leave_for
from portail_app.states.proofs import prove
from portail_app.states.tickets import write_address
from portail_app.states.viewers import has_session_cookie
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
            email = normal_email(typed(form_data, "email"))
            proven = await prove(email, typed(form_data, "password"), self.router.session.client_ip)
            remember = bool(form_data.get("remember"))
            return leave_for(await write_address(self, proven, email, _asked(self, "retour"), remember=remember))
        return self._focus_on_error()


def _ended_session(state: rx.State) -> str:
    """Said to whoever was signed in: the browser still has a cookie, and a page sent the person here."""
    was_signed_in = _asked(state, "retour") and has_session_cookie(state.router.headers.cookie)
    return NotSignedIn.sentence if was_signed_in else ""


def _asked(state: rx.State, name: str) -> str:
    """A parameter of the page's address."""
    return str(state.router.url.query_parameters.get(name, ""))
