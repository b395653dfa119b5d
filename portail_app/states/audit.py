"""Journal: who changed what, and when."""

import reflex as rx

from portail_app.database import transaction
from portail_app.services.audit import SignedEntry, list_entries
from portail_app.states.access import staff_event
from portail_app.viewer import Viewer


class AuditState(rx.State):
    lines: tuple[SignedEntry, ...] = ()
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            lines = await list_entries(session, viewer)
        self.lines, self.is_loaded = tuple(lines), True
