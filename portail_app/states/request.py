"""One request as its subscriber follows it: what they asked, the thread, and their next message. Answers come live."""

from typing import Any

import reflex as rx

from models import Request
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services import request_attachments, request_forms, request_threads, request_turns
from portail_app.states.access import Access, subscriber_event, subscriber_watch
from portail_app.states.answers import Answers, typed, typed_text
from portail_app.states.clock import now
from portail_app.states.live_requests import FollowsRequest
from portail_app.states.pieces import WritesReply
from portail_app.viewer import Viewer


class RequestState(Answers, FollowsRequest, WritesReply, rx.State):
    request: Request | None = None
    lines: tuple[request_threads.Line, ...] = ()
    pieces: tuple[request_attachments.Piece, ...] = ()
    may_write: bool = True
    done: str = ""
    missing: str = ""

    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        self.error = self.error_field = self.done = ""
        try:
            thread = await self._read_all(viewer)
        except NotFound as missing:
            self.request, self.missing = None, missing.sentence
            return None
        self.done = thread.acknowledgement if self.router.url.query_parameters.get("envoyee") else ""
        return RequestState.watch

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> None:
        """What the service writes and decides is shown as it comes."""
        thread = await _read(viewer, self._asked())
        await self._follow(thread.request.id, Access.SUBSCRIBER, _read)

    @subscriber_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            turn = request_turns.Turn(typed_text(form_data, "text"), typed(form_data, "key"))
            async with transaction(viewer) as session:
                await request_threads.write_to_service(session, viewer, self._asked(), turn, now())
            await self._read_all(viewer)
            self.done = "Votre message est envoyé."
            return None
        return self._focus_on_error()

    @subscriber_event
    async def withdraw(self, viewer: Viewer) -> None:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await request_threads.withdraw_request(session, viewer, self._asked(), now())
            self._show(await _read(viewer, self._asked()))
            self.done = "Votre demande est annulée."

    @subscriber_event
    async def read_pieces(self, viewer: Viewer) -> None:
        await self._show_waiting(viewer)

    @subscriber_event
    async def remove_piece(self, viewer: Viewer, piece_id: int) -> None:
        await self._take_back(viewer, piece_id)

    async def _read_all(self, viewer: Viewer) -> request_threads.Thread:
        """Also what was being written."""
        thread = await _read(viewer, self._asked())
        async with transaction(viewer) as session:
            reply = await request_forms.open_reply(session, viewer, thread.request.number)
        self.reply = reply
        self._show(thread)
        return thread

    def _show(self, found: request_threads.Thread) -> None:
        self.request, self.lines, self.pieces, self.missing = found.request, found.lines, found.pieces, ""
        self.may_write = found.may_write


async def _read(viewer: Viewer, number: str) -> request_threads.Thread:
    async with transaction(viewer) as session:
        return await request_threads.read_thread(session, viewer, number)
