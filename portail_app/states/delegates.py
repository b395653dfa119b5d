"""« Personnes autorisées »: whom one lets in, and who lets one in."""

from typing import Any

import reflex as rx

from models import Hold
from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import delegate_invitations, delegate_list, delegates
from portail_app.services.credentials import valid_email
from portail_app.states import tries
from portail_app.states.access import signed_in_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.clock import now
from portail_app.viewer import Viewer

ACCEPTED_MEANWHILE = "Cette personne a accepté entre-temps : pour qu’elle n’ait plus accès, retirez-lui l’accès."


class DelegatesState(Answers, rx.State):
    known: delegate_list.Delegations = delegate_list.Delegations()
    is_loaded: bool = False
    done: str = ""
    times_done: int = 0

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        self.done = self.error = self.error_field = ""
        await self._read(viewer)

    @signed_in_event
    async def invite(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        self.done = ""
        with self._showing_refusals():
            email = valid_email(typed(form_data, "email"))
            subscriber_id, hold = typed_number(form_data, "subscriber_id"), _hold(form_data)
            await tries.count_mail(email, self.router.session.client_ip)
            async with transaction(viewer) as session:
                await delegate_invitations.invite_delegate(session, viewer, subscriber_id, email, hold, now())
            await self._read(viewer)
            self.done, self.times_done = f"Une invitation vient d’être envoyée à {email}.", self.times_done + 1
        return self._focus_on_error()

    @signed_in_event
    async def withdraw(self, viewer: Viewer, invitation_id: int) -> None:
        async with transaction(viewer) as session:
            is_withdrawn = await delegate_invitations.withdraw_invitation(session, viewer, invitation_id, now())
        await self._say(viewer, "L’invitation est retirée." if is_withdrawn else ACCEPTED_MEANWHILE)

    @signed_in_event
    async def remove(self, viewer: Viewer, subscriber_id: int, account_id: int) -> None:
        async with transaction(viewer) as session:
            await delegates.remove_delegate(session, viewer, subscriber_id, account_id, now())
        await self._say(viewer, "Cette personne n’a plus accès à votre abonnement.")

    @signed_in_event
    async def accept(self, viewer: Viewer, invitation_id: int) -> None:
        async with transaction(viewer) as session:
            await delegate_invitations.accept_invitation(session, viewer, invitation_id, now())
        await self._say(viewer, "C’est fait : ses factures sont avec les vôtres.")

    @signed_in_event
    async def decline(self, viewer: Viewer, invitation_id: int) -> None:
        async with transaction(viewer) as session:
            await delegate_invitations.decline_invitation(session, viewer, invitation_id, now())
        await self._say(viewer, "L’invitation est refusée.")

    @signed_in_event
    async def leave(self, viewer: Viewer, subscriber_id: int) -> None:
        async with transaction(viewer) as session:
            await delegates.leave_subscriber(session, viewer, subscriber_id)
        await self._say(viewer, "Vous n’avez plus accès à cet abonnement.")

    async def _say(self, viewer: Viewer, done: str) -> None:
        await self._read(viewer)
        self.done, self.error, self.error_field = done, "", ""

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await delegate_list.list_delegations(session, viewer, now())
        self.known, self.is_loaded = found, True


def _hold(form_data: dict[str, Any]) -> Hold:
    try:
        return Hold(typed(form_data, "hold"))
    except ValueError as wrong:
        raise Invalid("Choisissez ce que cette personne pourra faire.", field="hold") from wrong
