"""Choosing a password by a link. The link is kept on the server and leaves the address bar; the password is never kept:
what is typed comes with each event, and only the advice on it stays."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.errors import Invalid, LinkRefused
from portail_app.services import accounts, activations, passwords
from portail_app.services.password_policy import LEAST_LENGTH, LONGEST, Owner, advise, require_good
from portail_app.states import tries
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.viewer import Viewer

PAGE = "/mot-de-passe"
NOBODY = Owner()
SAVED = "Le nouveau mot de passe a été enregistré avec succès."


class PasswordState(Answers, rx.State):
    """`refused` says why the link is not good; `answer` what was done; `missing` and `strength` are the live advice."""

    email: str = ""
    refused: str = ""
    may_send_again: bool = False
    answer: str = ""
    missing: tuple[str, ...] = ()
    strength: str = ""
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
        advice = advise(password[: LONGEST + 1], self._owner)
        self.missing, self.strength = advice.missing, advice.strength

    @public_event
    async def save(self, form_data: dict[str, Any]) -> EventSpec | None:
        with self._showing_refusals():
            password = typed(form_data, "password")
            require_good(password, self._owner)
            if password != typed(form_data, "confirmation"):
                raise Invalid("Les deux mots de passe sont différents.", field="confirmation")
            await self._choose(password)
        return self._focus_on_error()

    @public_event
    async def send_again(self) -> None:
        with self._showing_refusals():
            answer = await _send_again(self._link, self.router.session.client_ip)
            self.answer, self.refused = answer, ""

    async def _choose(self, password: str) -> None:
        try:
            await _give_password(self._link, password)
        except LinkRefused as refusal:
            self.refused, self.may_send_again = refusal.sentence, True
        else:
            self._link, self.answer = "", SAVED

    async def _open(self) -> None:
        opened = await _look_at(self._link)
        self._owner, self.least_length, self.email = opened.owner, opened.owner.least_length, opened.email
        self.refused, self.may_send_again = opened.refused, opened.may_send_again
        self.answer, self.error, self.missing, self.strength = "", "", (), ""


@dataclass(frozen=True, slots=True)
class _Opened:
    owner: Owner = NOBODY
    email: str = ""
    refused: str = ""
    may_send_again: bool = False


async def _look_at(link: str) -> _Opened:
    """Whose link it is, or why it is not good."""
    async with transaction(Viewer.system()) as session:
        try:
            account, owner = await accounts.find_owner(session, link, datetime.now(UTC))
        except LinkRefused as refusal:
            return _Opened(refused=refusal.sentence, may_send_again=await accounts.has_been_sent(session, link))
    return _Opened(owner, account.email)


async def _give_password(link: str, password: str) -> None:
    """The link is looked at before the hash is computed: a stranger cannot have the portal compute hashes."""
    now = datetime.now(UTC)
    async with transaction(Viewer.system()) as session:
        _, owner = await accounts.find_owner(session, link, now)
    require_good(password, owner)
    argon2 = await passwords.hash_password(password)
    async with transaction(Viewer.system()) as session:
        await accounts.choose_password(session, link, argon2, now)


async def _send_again(link: str, address: str) -> str:
    """Another link, to whom this one was sent."""
    async with transaction(Viewer.system()) as session:
        email = await accounts.find_address(session, link)
    await tries.count_mail(email, address)
    async with transaction(Viewer.system()) as session:
        return await activations.ask_again(session, link, datetime.now(UTC))
