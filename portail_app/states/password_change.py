"""« Changer le mot de passe »: the present one is asked for, the new one is advised on as it is typed; none is kept."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import password_changes, passwords
from portail_app.services.password_policy import (
    LEAST_LENGTH,
    LONGEST,
    Advice,
    Owner,
    advise,
    require_good,
    require_same,
)
from portail_app.states.access import signed_in_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now
from portail_app.states.passwords import SAVED
from portail_app.states.proofs import PRESENT, prove_present
from portail_app.viewer import Viewer


class PasswordChangeState(Answers, rx.State):
    email: str = ""
    advice: Advice = Advice()
    least_length: int = LEAST_LENGTH
    answer: str = ""
    _owner: Owner = Owner()

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        owner = await _rules_of(viewer)
        self._owner, self.least_length, self.email = owner, owner.least_length, viewer.email
        self.advice = Advice()
        self.answer = self.error = self.error_field = ""

    @signed_in_event
    async def advise(self, password: str) -> None:
        self.advice = advise(password[: LONGEST + 1], self._owner)

    @signed_in_event
    async def save(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        self.answer = ""
        with self._showing_refusals():
            present, password = typed(form_data, PRESENT), typed(form_data, "password")
            require_good(password, await _rules_of(viewer))
            require_same(password, typed(form_data, "confirmation"))
            if password == present:
                raise Invalid(password_changes.SAME, field="password")
            closed = await _change(viewer, present, password, self.router.session.client_ip)
            self.advice, self.answer = Advice(), f"{SAVED} {_told(closed)}".strip()
        return self._focus_on_error()


async def _rules_of(viewer: Viewer) -> Owner:
    async with transaction(viewer) as session:
        return await password_changes.find_own_rules(session, viewer)


async def _change(viewer: Viewer, present: str, password: str, address: str) -> int:
    proven = await prove_present(viewer, present, address)
    argon2 = await passwords.hash_password(password)
    async with transaction(viewer) as session:
        return await password_changes.change_password(session, viewer, proven, argon2, now())


def _told(closed: int) -> str:
    if not closed:
        return ""
    return "Votre autre session a été fermée." if closed == 1 else f"Vos {closed} autres sessions ont été fermées."
