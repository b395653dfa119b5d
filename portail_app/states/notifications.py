"""Which mails one wants: each choice is kept as it is made."""

import reflex as rx

from portail_app.database import transaction
from portail_app.services.notifications import Chosen, choose_notification, list_choices
from portail_app.states.access import signed_in_event
from portail_app.states.clock import now
from portail_app.viewer import Viewer


class NotificationsState(rx.State):
    choices: tuple[Chosen, ...] = ()
    always_sent: tuple[Chosen, ...] = ()
    is_loaded: bool = False
    email: str = ""
    done: str = ""

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        await self._read(viewer)
        self.done = ""

    @signed_in_event
    async def choose(self, viewer: Viewer, event: str, is_wanted: bool) -> None:
        async with transaction(viewer) as session:
            await choose_notification(session, viewer, event, is_wanted, now())
        await self._read(viewer)
        self.done = "Votre choix est enregistré."

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await list_choices(session, viewer)
        self.choices = tuple(one for one in found if not one.reason)
        self.always_sent = tuple(one for one in found if one.reason)
        self.email, self.is_loaded = viewer.email, True
