"""Choosing a password by a link. The link is kept on the server and leaves the address bar; the password is never kept:
what is typed comes with each event, and only the advice on it stays."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.errors import LinkRefused
from portail_app.services.password_policy import (
    LEAST_LENGTH,
    LONGEST,
    NOBODY,
    Advice,
    Owner,
    advise,
    require_good,
    require_same,
)
from portail_app.states import password_links
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed

PAGE = "/mot-de-passe"
SAVED = "Le nouveau mot de passe a été enregistré avec succès."


class PasswordState(Answers, rx.State):
    """`refused` says why the link is not good; `answer` what was done; `advice` is given while one types."""

    email: str = ""
    refused: str = ""
    may_send_again: bool = False
    answer: str = ""
    advice: Advice = Advice()
    least_length: int = LEAST_LENGTH
    _link: str = ""
    _owner: Owner = NOBODY

    @public_event
    async def load(self) -> EventSpec | None:
        link = self.router.url.query_parameters.get("lien", "")
        if link:
            self._link = link
            return rx.redirect(PAGE, replace=True)
        await self._open()
        return None

    @public_event
    async def advise(self, password: str) -> None:
        self.advice = advise(password[: LONGEST + 1], self._owner)

    @public_event
    async def save(self, form_data: dict[str, Any]) -> EventSpec | None:
        with self._showing_refusals():
            password = typed(form_data, "password")
            require_good(password, self._owner)
            require_same(password, typed(form_data, "confirmation"))
            await self._choose(password)
        return self._focus_on_error()

    @public_event
    async def send_again(self) -> None:
        with self._showing_refusals():
            answer = await password_links.send_again(self._link, self.router.session.client_ip)
            self.answer, self.refused = answer, ""

    async def _choose(self, password: str) -> None:
        try:
            await password_links.give_password(self._link, password)
        except LinkRefused as refusal:
            self.refused, self.may_send_again = refusal.sentence, True
        else:
            self._link, self.answer = "", SAVED

    async def _open(self) -> None:
        opened = await password_links.look_at(self._link)
        self._owner, self.least_length, self.email = opened.owner, opened.owner.least_length, opened.email
        self.refused, self.may_send_again = opened.refused, opened.may_send_again
        self.answer, self.error, self.advice = "", "", Advice()
