"""« Changer l'adresse mail »: asked for by who is signed in and knows the password, validated on the new address."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.services import email_changes
from portail_app.services.credentials import valid_email
from portail_app.states import tries
from portail_app.states.access import signed_in_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now
from portail_app.states.proofs import PRESENT, prove_present
from portail_app.viewer import Viewer


class EmailChangeState(Answers, rx.State):
    """`pending` is the address that a link waits for."""

    email: str = ""
    pending: email_changes.Pending | None = None
    answer: str = ""

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            pending = await email_changes.find_pending(session, viewer, now())
        self.email, self.pending = viewer.email, pending
        self.answer = self.error = self.error_field = ""

    @signed_in_event
    async def ask(self, viewer: Viewer, form_data: dict[str, Any]) -> EventSpec | None:
        self.answer = ""
        with self._showing_refusals():
            address = self.router.session.client_ip
            email = valid_email(typed(form_data, "email"))
            await prove_present(viewer, typed(form_data, PRESENT), address)
            await tries.count_mail(email, address)
            async with transaction(viewer) as session:
                pending = await email_changes.ask_for_email(session, viewer, email, now())
            self.pending, self.answer = pending, f"Un message vient d’être envoyé à {email}."
        return self._focus_on_error()

    @signed_in_event
    async def cancel(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            await email_changes.cancel_pending(session, viewer, now())
        self.pending, self.answer = None, "La demande est annulée : votre adresse ne change pas."
