"""« Mes données personnelles »: what is known, and whether invoices come on paper."""

import reflex as rx

from portail_app.database import transaction
from portail_app.services.own_changes import OwnChange, list_own
from portail_app.services.paper_choices import choose_paper
from portail_app.services.personal_data import OwnFile, list_files
from portail_app.states.access import signed_in_event
from portail_app.states.clock import now
from portail_app.viewer import Viewer

CONFIRMED = "C’est noté : le service est averti. Vos factures restent ici, et un message peut vous annoncer chacune."
PAPER_AGAIN = "C’est noté : vos prochaines factures reviendront au format papier. Le service est averti."


class PersonalDataState(rx.State):
    """`asked_id` is the subscriber whose « Confirmation » is open, 0 where none is."""

    files: tuple[OwnFile, ...] = ()
    changes: tuple[OwnChange, ...] = ()
    email: str = ""
    is_loaded: bool = False
    asked_id: int = 0
    done: str = ""

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        await self._read(viewer)
        self.asked_id, self.done = 0, ""

    @signed_in_event
    async def ask_paperless(self, subscriber_id: int) -> None:
        self.asked_id, self.done = subscriber_id, ""

    @signed_in_event
    async def cancel(self) -> None:
        self.asked_id = 0

    @signed_in_event
    async def confirm_paperless(self, viewer: Viewer) -> None:
        asked, self.asked_id = self.asked_id, 0
        if asked:
            await self._choose(viewer, asked, wants_paper=False)
            self.done = CONFIRMED

    @signed_in_event
    async def return_to_paper(self, viewer: Viewer, subscriber_id: int) -> None:
        await self._choose(viewer, subscriber_id, wants_paper=True)
        self.done = PAPER_AGAIN

    async def _choose(self, viewer: Viewer, subscriber_id: int, *, wants_paper: bool) -> None:
        async with transaction(viewer) as session:
            await choose_paper(session, viewer, subscriber_id, wants_paper, now())
        await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await list_files(session, viewer)
            changes = await list_own(session, viewer)
        self.changes = tuple(changes)
        self.files, self.email, self.is_loaded = tuple(found), viewer.email, True
