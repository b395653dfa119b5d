"""« Supprimer mon compte »."""

from typing import Any
from uuid import uuid4

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.services.deletions import ask_for_deletion, list_asked
from portail_app.services.own_changes import OwnChange
from portail_app.states.access import signed_in_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now
from portail_app.states.proofs import PRESENT, prove_present
from portail_app.viewer import Viewer


class DeletionState(Answers, rx.State):
    """`asked` are the requests that wait for an answer."""

    asked: tuple[OwnChange, ...] = ()
    email: str = ""
    done: str = ""
    _key: str = ""

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        self.asked, self.email = await _read(viewer), viewer.email
        self.done, self.error, self.error_field, self._key = "", "", "", uuid4().hex

    @signed_in_event
    async def ask(self, viewer: Viewer, form_data: dict[str, Any]) -> EventSpec | None:
        with self._showing_refusals():
            await prove_present(viewer, typed(form_data, PRESENT), self.router.session.client_ip)
            async with transaction(viewer) as session:
                opened = await ask_for_deletion(session, viewer, self._key, now())
            if not opened:
                return rx.redirect("/connexion")
            self.asked, self.done = await _read(viewer), "Votre demande est envoyée."
        return self._focus_on_error()


async def _read(viewer: Viewer) -> tuple[OwnChange, ...]:
    async with transaction(viewer) as session:
        return tuple(await list_asked(session, viewer))
