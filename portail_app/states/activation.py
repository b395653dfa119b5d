"""Asking for a way in: activation and the forgotten password."""

import re
from datetime import UTC, datetime
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.services import activations
from portail_app.services.credentials import valid_email
from portail_app.states import tries
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.viewer import Viewer


class ActivationState(Answers, rx.State):
    """`answer` is what was said of the last request."""

    answer: str = ""
    asks_code: bool = False

    @public_event
    async def load(self) -> None:
        async with transaction(Viewer.system()) as session:
            asks_code = await activations.codes_are_asked_for(session)
        self.answer, self.error, self.asks_code = "", "", asks_code

    @public_event
    async def activate(self, form_data: dict[str, Any]) -> EventSpec | None:
        self.answer = ""
        with self._showing_refusals():
            email = valid_email(typed(form_data, "email"))
            codes = read_codes(typed(form_data, "code"))
            async with tries.as_long_for_anybody():
                await tries.count_mail(email, self.router.session.client_ip)
                async with transaction(Viewer.system()) as session:
                    answer = await activations.ask_for_activation(session, email, codes, datetime.now(UTC))
            self.answer = answer
        return self._focus_on_error()


class ForgottenPasswordState(Answers, rx.State):
    answer: str = ""

    @public_event
    async def load(self) -> None:
        self.answer, self.error = "", ""

    @public_event
    async def ask(self, form_data: dict[str, Any]) -> EventSpec | None:
        self.answer = ""
        with self._showing_refusals():
            email = valid_email(typed(form_data, "email"))
            async with tries.as_long_for_anybody():
                await tries.count_mail(email, self.router.session.client_ip)
                async with transaction(Viewer.system()) as session:
                    answer = await activations.ask_for_renewal(session, email, datetime.now(UTC))
            self.answer = answer
        return self._focus_on_error()


def read_codes(written: str) -> frozenset[str]:
    """The numbers that were typed: a space parts two of them, or the figures of one."""
    groups = [part.split() for part in re.split("[,;]", written)]
    return frozenset(code for group in groups for code in (*group, "".join(group)) if code)
