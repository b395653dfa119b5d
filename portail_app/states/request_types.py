"""Types of requests, written by staff: the list, one of them, and its questions one by one."""

from typing import Any

import reflex as rx

from models import AnswerKind, Question, RequestType, Utility
from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import request_type_desk as desk
from portail_app.services.request_desk import Colleague, list_colleagues
from portail_app.services.utilities import list_staffed
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_number, typed_text
from portail_app.states.urls import LARGEST_ID, address_of, read_number
from portail_app.viewer import Viewer

PATH = "/agent/types-de-demande"


class RequestTypesState(Answers, rx.State):
    utilities: tuple[Utility, ...] = ()
    types: tuple[RequestType, ...] = ()
    chosen: RequestType | None = None
    questions: tuple[Question, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    done: str = ""
    times_done: int = 0

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done = self.error = self.error_field = ""
        await self._read(viewer)

    @staff_event
    async def add(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            utility_id, name = typed_number(form_data, "utility_id"), typed(form_data, "name")
            async with transaction(viewer) as session:
                made = await desk.add_type(session, viewer, utility_id, name)
            return rx.redirect(address_of(PATH, type=str(made.id)))
        return None

    @staff_event
    async def write(self, viewer: Viewer, type_id: int, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await desk.write_type(session, viewer, type_id, _draft(form_data))
            await self._done(viewer, "Le type de demande est enregistré.")
            return None
        return self._focus_on_error()

    @staff_event
    async def write_question(self, viewer: Viewer, type_id: int, form_data: dict[str, Any]) -> None:
        """A new one where the form says no `place`."""
        with self._showing_refusals():
            question = _question(form_data)
            place = typed_number(form_data, "place") if typed(form_data, "place") else None
            async with transaction(viewer) as session:
                await desk.write_question(session, viewer, type_id, place, question)
            await self._done(viewer, "La question est enregistrée.")

    @staff_event
    async def move_question(self, viewer: Viewer, type_id: int, place: int, by: int) -> None:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await desk.move_question(session, viewer, type_id, place, 1 if by > 0 else -1)
            await self._done(viewer, "La question est déplacée.")

    @staff_event
    async def remove_question(self, viewer: Viewer, type_id: int, place: int) -> None:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await desk.remove_question(session, viewer, type_id, place)
            await self._done(viewer, "La question est retirée.")

    async def _done(self, viewer: Viewer, words: str) -> None:
        await self._read(viewer)
        self.done, self.times_done = words, self.times_done + 1

    async def _read(self, viewer: Viewer) -> None:
        asked = read_number(str(self.router.url.query_parameters.get("type", "")), at_most=LARGEST_ID)
        async with transaction(viewer) as session:
            types = await desk.list_types(session, viewer)
            chosen = next((one for one in types if one.id == asked), None)
            colleagues = await list_colleagues(session, chosen.utility_id) if chosen else ()
            utilities = await list_staffed(session, viewer)
        self.utilities, self.types, self.chosen, self.colleagues = tuple(utilities), tuple(types), chosen, colleagues
        self.questions = chosen.questions if chosen else ()


def _draft(form_data: dict[str, Any]) -> desk.TypeDraft:
    handler = typed(form_data, "handler_id")
    return desk.TypeDraft(
        name=typed(form_data, "name"),
        guidance=typed_text(form_data, "guidance"),
        acknowledgement=typed_text(form_data, "acknowledgement"),
        handler_id=typed_number(form_data, "handler_id") if handler else None,
        due_days=typed_number(form_data, "due_days"),
        is_active=bool(form_data.get("is_active")),
    )


def _question(sent: dict[str, Any]) -> Question:
    """Of a form whose names end with the question's own: `label-description`."""
    form_data = {name.partition("-")[0]: value for name, value in sent.items()}
    try:
        kind = AnswerKind(typed(form_data, "kind"))
    except ValueError as wrong:
        raise Invalid(field="kind") from wrong
    return Question(
        name="",
        label=typed(form_data, "label"),
        kind=kind,
        hint=typed_text(form_data, "hint"),
        is_required=bool(form_data.get("is_required")),
        choices=tuple(typed_text(form_data, "choices").splitlines()),
    )
