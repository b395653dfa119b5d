"""Files that wait with what is being written: shown once some were added, taken back before they leave."""

from dataclasses import replace

import reflex as rx

from portail_app.database import transaction
from portail_app.services.request_attachments import Piece, list_waiting, remove_waiting
from portail_app.services.request_forms import Reply
from portail_app.viewer import Viewer


class HoldsPieces(rx.State, mixin=True):
    """For the state of a form whose draft is at `_place()`; the words that are being written are left alone."""

    async def _show_waiting(self, viewer: Viewer) -> None:
        if place := self._place():
            async with transaction(viewer) as session:
                waiting = await list_waiting(session, viewer, place)
            self._show_pieces(waiting)

    async def _take_back(self, viewer: Viewer, piece_id: int) -> None:
        async with transaction(viewer) as session:
            await remove_waiting(session, viewer, piece_id)
        await self._show_waiting(viewer)

    def _place(self) -> str:
        raise NotImplementedError

    def _show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        raise NotImplementedError


class WritesReply(HoldsPieces, mixin=True):
    """For the state of a thread's page: its next message, and the files that wait with it."""

    reply: Reply = Reply()

    def _place(self) -> str:
        return self.reply.place

    def _show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        self.reply = replace(self.reply, pieces=pieces)
