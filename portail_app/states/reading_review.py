"""Relèves à valider: what subscribers sent, validated or refused by staff."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import transaction
from portail_app.formats import day
from portail_app.services import reading_review
from portail_app.services.reading_review import ReviewRow
from portail_app.services.sent_readings import find_sent
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now
from portail_app.states.looks import looking
from portail_app.viewer import Viewer


class ReadingReviewState(Answers, rx.State):
    waiting: tuple[ReviewRow, ...] = ()
    decided: tuple[ReviewRow, ...] = ()
    is_loaded: bool = False
    done: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done = ""
        await self._read(viewer)

    @staff_event
    async def accept(self, viewer: Viewer, sent_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with _looking_at(viewer, sent_id) as session:
                await reading_review.accept_reading(session, viewer, sent_id, now())
            self.done = "La relève est validée."
        await self._read(viewer)

    @staff_event
    async def refuse(self, viewer: Viewer, sent_id: int, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            reason = typed(form_data, f"reason-{sent_id}")
            async with _looking_at(viewer, sent_id) as session:
                await reading_review.refuse_reading(session, viewer, sent_id, reason, now())
            self.done = "La relève est refusée, l’abonné en lit le motif."
        await self._read(viewer)

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await reading_review.list_review(session, viewer)
        self.waiting = tuple(row for row in found if row.state == "a_valider")
        self.decided = tuple(row for row in found if row.state != "a_valider")
        self.is_loaded = True


@asynccontextmanager
async def _looking_at(viewer: Viewer, sent_id: int) -> AsyncIterator[AsyncSession]:
    async with looking(viewer) as look:
        sent = await find_sent(look.session, viewer, sent_id)
        await look.at_contract(sent.contract_id, f"Relève du {day(sent.read_on)}", sent.read_on, sent.read_on)
        yield look.session
