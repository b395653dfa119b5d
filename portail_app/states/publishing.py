"""Publishing a document: whom it would reach is said first, then it is done."""

from typing import Any

import reflex as rx

from models import Utility
from portail_app.database import transaction
from portail_app.services import publishing, utilities
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers
from portail_app.states.clock import now
from portail_app.states.publications import PublicationsState
from portail_app.states.typed_publications import file_id_of, folder_kind_of, readers_of
from portail_app.viewer import Viewer


class PublishingState(Answers, rx.State):
    utilities: tuple[Utility, ...] = ()
    prepared: dict[str, str] = {}
    asked: str = ""
    done: str = ""
    times_done: int = 0

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            staffed = await utilities.list_staffed(session, viewer)
        self.utilities = tuple(staffed)
        self.asked = self.done = self.error = self.error_field = ""

    @staff_event
    async def prepare(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = self.asked = ""
        with self._showing_refusals():
            readers, file_id = readers_of(form_data), file_id_of(form_data)
            async with transaction(viewer) as session:
                count = await publishing.foresee(session, viewer, readers)
            self.prepared = {name: str(value) for name, value in form_data.items()} | {"file_id": str(file_id)}
            self.asked = "Un abonné recevra ce document." if count == 1 else f"{count} abonnés recevront ce document."

    @staff_event
    async def give_up(self) -> None:
        self.asked = ""

    @staff_event
    async def publish(self, viewer: Viewer) -> Any:
        with self._showing_refusals():
            form_data = self.prepared
            file_id, readers, kind = file_id_of(form_data), readers_of(form_data), folder_kind_of(form_data)
            async with transaction(viewer) as session:
                placed = await publishing.publish(session, viewer, file_id, readers, kind, now())
            self.prepared, self.asked, self.times_done = {}, "", self.times_done + 1
            self.done = "Un abonné a reçu le document." if placed == 1 else f"{placed} abonnés ont reçu le document."
            return PublicationsState.read_again
