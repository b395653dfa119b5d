"""Publishing a document: whom it would reach is said first, then it is done."""

from typing import Any

import reflex as rx

from models import FolderKind, Utility
from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import publishing, utilities
from portail_app.services.readers import Readers, count_readers
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.clock import now
from portail_app.states.publications import PublicationsState
from portail_app.states.urls import read_choice
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
        self.utilities, self.asked, self.done = tuple(staffed), "", ""

    @staff_event
    async def prepare(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = self.asked = ""
        with self._showing_refusals():
            readers, file_id = _readers(form_data), _file_id(form_data)
            async with transaction(viewer) as session:
                count = await count_readers(session, viewer, readers)
            if not count:
                raise Invalid(publishing.NOBODY, field="number" if readers.number else "words")
            self.prepared = {name: str(value) for name, value in form_data.items()} | {"file_id": str(file_id)}
            self.asked = "Un abonné recevra ce document." if count == 1 else f"{count} abonnés recevront ce document."

    @staff_event
    async def give_up(self) -> None:
        self.asked = ""

    @staff_event
    async def publish(self, viewer: Viewer) -> Any:
        with self._showing_refusals():
            form_data = self.prepared
            kind = read_choice(FolderKind, typed(form_data, "kind"), FolderKind.CONTRACT)
            async with transaction(viewer) as session:
                placed = await publishing.publish(
                    session, viewer, _file_id(form_data), _readers(form_data), kind, now()
                )
            self.prepared, self.asked, self.times_done = {}, "", self.times_done + 1
            self.done = "Un abonné a reçu le document." if placed == 1 else f"{placed} abonnés ont reçu le document."
            return PublicationsState.read_again


def _readers(form_data: dict[str, Any]) -> Readers:
    return Readers(
        utility_id=typed_number(form_data, "utility_id"),
        number=typed(form_data, "number").strip(),
        words=typed(form_data, "words").strip(),
        city=typed(form_data, "city").strip(),
        only_direct_debit=bool(form_data.get("only_direct_debit")),
    )


def _file_id(form_data: dict[str, Any]) -> int:
    if not typed(form_data, "file_id"):
        raise Invalid(publishing.NO_FILE, field="file_id")
    return typed_number(form_data, "file_id")
