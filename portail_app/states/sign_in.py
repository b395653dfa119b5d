"""Signing in: the password is checked here, and a one-time ticket fetches the cookie over HTTP."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import attempt_limits as limits
from portail_app.services import credentials, passwords, tickets
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.states.viewers import read_cookie
from portail_app.viewer import Viewer


class SignInState(Answers, rx.State):
    destination: str = ""

    @public_event
    async def sign_in(self, form_data: dict[str, Any]) -> None:
        self.destination = ""
        with self._showing_refusals():
            email = credentials.normal_email(typed(form_data, "email"))
            proven = await _prove(email, typed(form_data, "password"), self.router.session.client_ip)
            browser = read_cookie(self.router.headers.cookie, tickets.BROWSER_COOKIE)
            ticket = await _write_ticket(proven, email, browser, remember=bool(form_data.get("remember")))
            self.destination = "/session?" + urlencode({"ticket": ticket, "retour": _return_path(self)})


async def _prove(email: str, password: str, address: str) -> credentials.Credentials:
    """The try is counted before it is made; the hash is computed while no connection is held."""
    await _count_try(email, address)
    async with transaction(Viewer.system()) as session:
        known = await credentials.find_credentials(session, email)
    if not await passwords.verify_password(known.argon2 if known else None, password) or known is None:
        raise Invalid(credentials.WRONG, field="password")
    return known


async def _count_try(email: str, address: str) -> None:
    now = datetime.now(UTC)
    async with transaction(Viewer.system()) as session:
        await limits.count_try(session, limits.address_key("connexion", address), limits.ADDRESS_SIGN_IN, now)
    async with transaction(Viewer.system()) as session:
        await limits.count_try(session, limits.account_key("connexion", email), limits.ACCOUNT_SIGN_IN, now)


async def _write_ticket(proven: credentials.Credentials, email: str, browser: str, *, remember: bool) -> str:
    async with transaction(Viewer.system()) as session:
        await credentials.confirm_credentials(session, proven)
        await limits.forget_tries(session, limits.account_key("connexion", email))
        return await tickets.write_ticket(session, proven.account_id, browser, remember, datetime.now(UTC))


def _return_path(state: rx.State) -> str:
    return str(state.router.url.query_parameters.get("retour", ""))
