"""One request on the staff's desk: answer, note, assign. What colleagues and the subscriber write appears live."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound, Overtaken
from portail_app.services import request_desk, request_forms, request_notes, request_threads, request_turns
from portail_app.states.access import Access, staff_event, staff_watch
from portail_app.states.answers import Answers, typed, typed_day, typed_number, typed_text
from portail_app.states.clock import now, today
from portail_app.states.live_requests import FollowsRequest
from portail_app.states.looks import Look, looking
from portail_app.states.pieces import WritesReply
from portail_app.viewer import Viewer


class StaffRequestState(Answers, FollowsRequest, WritesReply, rx.State):
    desk: request_desk.DeskThread | None = None
    note: request_forms.Reply = request_forms.Reply()
    seen: int = 0
    today: str = ""
    done: str = ""
    missing: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> Any:
        self.error = self.error_field = self.done = ""
        try:
            desk = await self._read_all(viewer)
        except NotFound as missing:
            self.desk, self.missing = None, missing.sentence
            return None
        self.done = _taken_down(desk) if self.router.url.query_parameters.get("saisie") else ""
        return StaffRequestState.watch

    @staff_watch
    async def watch(self, viewer: Viewer) -> None:
        """What a colleague has just written is shown; `seen` stays, so that an answer begun before says so."""
        desk = await _read(viewer, self._asked())
        await self._follow(desk.request.id, Access.STAFF, _read)

    @staff_event
    async def answer(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        self.done = ""
        with self._showing_refusals():
            await self._answer(viewer, _turn(form_data))
            await self._read_all(viewer)
            self.done = "Votre réponse est envoyée."
            return None
        return self._focus_on_error()

    @staff_event
    async def write_note(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        self.done = ""
        with self._showing_refusals():
            text, key = typed_text(form_data, "note"), typed(form_data, "key")
            async with transaction(viewer) as session:
                await request_notes.add_note(session, viewer, self._asked(), text, key, now())
            await self._read_all(viewer)
            self.done = "La note est ajoutée ; l’abonné ne la voit pas."
            return None
        return self._focus_on_error()

    @staff_event
    async def assign(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            account_id = typed_number(form_data, "account_id") if typed(form_data, "account_id") else None
            due_on = typed_day(form_data, "due_on")
            if due_on is None:
                raise Invalid("Indiquez une date, comme 21/07/2017.", field="due_on")
            async with transaction(viewer) as session:
                await request_desk.assign_request(session, viewer, self._asked(), account_id, due_on, now())
            await self._read_all(viewer)
            self.done = "Le suivi est enregistré."

    @staff_event
    async def read_pieces(self, viewer: Viewer) -> None:
        await self._show_waiting(viewer)

    @staff_event
    async def remove_piece(self, viewer: Viewer, piece_id: int) -> None:
        await self._take_back(viewer, piece_id)

    async def _answer(self, viewer: Viewer, turn: request_turns.Turn) -> None:
        """Who was overtaken has what came meanwhile before their eyes, and may send again."""
        try:
            async with transaction(viewer) as session:
                await request_threads.answer_request(session, viewer, self._asked(), turn, now())
        except Overtaken:
            desk = await _read(viewer, self._asked())
            self.seen = desk.last_message_id
            self._show(desk)
            raise

    async def _read_all(self, viewer: Viewer) -> request_desk.DeskThread:
        """Also what was being written."""
        number = self._asked()
        async with looking(viewer) as look:
            session = look.session
            desk = await _look(look, viewer, number)
            reply = await request_forms.open_reply(session, viewer, number)
            note = await request_forms.open_note(session, viewer, number)
        self.reply, self.note, self.seen, self.today = reply, note, desk.last_message_id, str(today())
        self._show(desk)
        return desk

    def _show(self, found: request_desk.DeskThread) -> None:
        self.desk, self.missing = found, ""


def _taken_down(desk: request_desk.DeskThread) -> str:
    if desk.is_told:
        return "La demande est enregistrée ; l’abonné en est prévenu par courriel, et la suit sur le portail."
    return f"La demande est enregistrée. L’abonné n’a pas de compte ici : donnez-lui son numéro, {desk.request.number}."


def _turn(form_data: dict[str, Any]) -> request_turns.Turn:
    status = request_threads.read_status(typed(form_data, "status"))
    return request_turns.Turn(
        typed_text(form_data, "text"), typed(form_data, "key"), status, typed_number(form_data, "seen")
    )


async def _read(viewer: Viewer, number: str) -> request_desk.DeskThread:
    async with looking(viewer) as look:
        return await _look(look, viewer, number)


async def _look(look: Look, viewer: Viewer, number: str) -> request_desk.DeskThread:
    desk = await request_desk.read_desk_thread(look.session, viewer, number)
    await look.at((desk.request.subscriber_id,), f"Demande {number}")
    return desk
