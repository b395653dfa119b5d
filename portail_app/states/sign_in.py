"""Signing in: the password is checked here, and a one-time ticket fetches the cookie over HTTP."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.paths import local_path
from portail_app.services.credentials import normal_email
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.states.arrivals import asked, ended_session, told_reason
from portail_app.states.browser import leave_for
from portail_app.states.proofs import prove
from portail_app.states.tickets import write_address
from portail_app.viewer import Viewer


class SignInState(Answers, rx.State):
    """`notice` is why the person was brought here."""

    notice: str = ""

    @public_event
    async def load(self, viewer: Viewer) -> EventSpec | None:
        """Who is signed in, and has only pressed "back", goes on."""
        told = told_reason(self)
        if viewer.is_signed_in and not told:
            return rx.redirect(local_path(asked(self, "retour")), replace=True)
        self.notice = told or ended_session(self)
        self.error, self.error_field = "", ""
        return None

    @public_event
    async def sign_in(self, form_data: dict[str, Any]) -> EventSpec | None:
        with self._showing_refusals():
            email = normal_email(typed(form_data, "email"))
            proven = await prove(email, typed(form_data, "password"), self.router.session.client_ip)
            remember = bool(form_data.get("remember"))
            return leave_for(await write_address(self, proven, email, asked(self, "retour"), remember=remember))
        return self._focus_on_error()
