"""Relèves à valider: what subscribers sent, validated, corrected or refused by staff.

What happens to a reading elsewhere appears by itself.
"""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.services import reading_review
from portail_app.services.reading_desk import ReviewRow, list_review
from portail_app.states.access import Access, staff_event, staff_watch
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.clock import now
from portail_app.states.live_rows import live_readings
from portail_app.states.looks import judging
from portail_app.states.typed_readings import litres_of
from portail_app.viewer import Viewer


class ReadingReviewState(Answers, rx.State):
    waiting: tuple[ReviewRow, ...] = ()
    decided: tuple[ReviewRow, ...] = ()
    is_loaded: bool = False
    done: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> Any:
        self.done = self.error = self.error_field = ""
        self._show(await _read(viewer))
        return ReadingReviewState.watch

    @staff_watch
    async def watch(self, viewer: Viewer) -> None:
        utilities = [f"utility {utility_id}" for utility_id in viewer.staffed_utility_ids]
        async for found in live_readings.read_again(self, utilities, Access.STAFF, _read):
            async with self:
                self._show(found)

    @staff_event
    async def accept(self, viewer: Viewer, sent_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with judging(viewer, sent_id) as session:
                await reading_review.accept_reading(session, viewer, sent_id, now())
            self.done = "La relève est validée."
        self._show(await _read(viewer))

    @staff_event
    async def correct(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            sent_id = typed_number(form_data, "sent_id")
            field = f"index-{sent_id}"
            instead = litres_of(typed(form_data, field), field=field)
            async with judging(viewer, sent_id) as session:
                await reading_review.accept_reading(session, viewer, sent_id, now(), instead_litres=instead)
            self.done = "La relève est validée avec l’index corrigé, l’abonné le lit."
        self._show(await _read(viewer))

    @staff_event
    async def refuse(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            sent_id = typed_number(form_data, "sent_id")
            reason = typed(form_data, f"reason-{sent_id}")
            async with judging(viewer, sent_id) as session:
                await reading_review.refuse_reading(session, viewer, sent_id, reason, now())
            self.done = "La relève est refusée, l’abonné en lit le motif."
        self._show(await _read(viewer))

    def _show(self, found: list[ReviewRow]) -> None:
        self.waiting = tuple(row for row in found if row.state == "a_valider")
        self.decided = tuple(row for row in found if row.state != "a_valider")
        self.is_loaded = True


async def _read(viewer: Viewer) -> list[ReviewRow]:
    async with transaction(viewer) as session:
        return await list_review(session, viewer)
