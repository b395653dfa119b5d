"""« Historique des accès »."""

import reflex as rx

from portail_app.database import transaction
from portail_app.services.accesses import Access, list_accesses
from portail_app.states.access import signed_in_event
from portail_app.viewer import Viewer


class AccessesState(rx.State):
    accesses: tuple[Access, ...] = ()
    is_loaded: bool = False

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await list_accesses(session, viewer)
        self.accesses, self.is_loaded = tuple(found), True
