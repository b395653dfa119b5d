"""Journal: who changed what, and when."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.services.audit import SignedEntry, list_entries
from portail_app.states.access import staff_event
from portail_app.states.places import NOWHERE, Place, describe_place, read_place, search_at, sought_at
from portail_app.viewer import Viewer

PATH = "/agent/journal"


class AuditState(rx.State):
    lines: tuple[SignedEntry, ...] = ()
    place: Place = NOWHERE
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        url = read_place(PATH, self.router.url.query_parameters)
        async with transaction(viewer) as session:
            found = await list_entries(session, viewer, sought_at(url))
        self.lines, self.is_loaded = tuple(found), True
        self.place = describe_place(url, "Changements", found.total)

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        return rx.redirect(search_at(PATH, form))
