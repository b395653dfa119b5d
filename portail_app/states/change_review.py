"""What a subscriber asks to change, for the agent who decides: each field by itself, old beside new."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.data_decisions import Decision, decide_change
from portail_app.services.data_reviews import Review, review_request
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now
from portail_app.states.looks import looking
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer


class ChangeReviewState(Answers, rx.State):
    """`refused_id` is the field whose refusal is being explained, 0 where none is."""

    reviews: tuple[Review, ...] = ()
    refused_id: int = 0
    done: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        try:
            await self._read(viewer)
        except NotFound:  # which the page of the request says itself
            self.reviews = ()
        self.refused_id, self.done, self.error, self.error_field = 0, "", "", ""

    @staff_event
    async def accept(self, viewer: Viewer, change_id: int, seen: str) -> None:
        await self._decide(viewer, Decision(change_id, True, seen), "La modification est acceptée.")

    @staff_event
    async def begin_refusal(self, change_id: int) -> None:
        self.refused_id, self.done, self.error, self.error_field = change_id, "", "", ""

    @staff_event
    async def refuse(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        decision = Decision(self.refused_id, False, "", typed(form_data, "reason"))
        await self._decide(viewer, decision, "La modification est refusée.")
        return self._focus_on_error()

    async def _decide(self, viewer: Viewer, decision: Decision, done: str) -> None:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await decide_change(session, viewer, self._number(), decision, now())
            self.done, self.refused_id = done, 0
        if self.error_field != "reason":
            await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        async with looking(viewer) as look:
            request, found = await review_request(look.session, viewer, self._number())
            await look.at((request.subscriber_id,), f"Demande {request.number}")
        self.reviews = tuple(found)

    def _number(self) -> str:
        """The request in the URL."""
        return read_last(self.router.url.path)
