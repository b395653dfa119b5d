"""One leak's file, for staff who decide of it."""

from collections.abc import Callable, Coroutine
from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.leaks import decisions, files
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now, today
from portail_app.states.looks import look_at_leak, looking
from portail_app.states.urls import LARGEST_ID, read_last, read_number
from portail_app.viewer import Viewer

Reasoned = Callable[..., Coroutine[Any, Any, None]]


class LeakDecisionState(Answers, rx.State):
    file: files.LeakFile | None = None
    missing: str = ""
    done: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done, self.error, self.error_field = "", "", ""
        wanted = read_number(read_last(self.router.url.path), at_most=LARGEST_ID) or 0
        try:
            file = await _read(viewer, wanted)
        except NotFound as missing:
            self.file, self.missing = None, missing.sentence
            return
        self.file, self.missing = file, ""

    @staff_event
    async def accept(self, viewer: Viewer, alert_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await decisions.accept_leak(session, viewer, alert_id, now(), today())
            self.file = await _read(viewer, alert_id)
            self.done = "L’écrêtement est accordé, l’abonné est prévenu."

    @staff_event
    async def refuse(self, viewer: Viewer, alert_id: int, form_data: dict[str, Any]) -> None:
        await self._decide(viewer, alert_id, form_data, decisions.refuse_leak)
        self.done = "" if self.error else "L’écrêtement est refusé, l’abonné est prévenu."

    @staff_event
    async def close(self, viewer: Viewer, alert_id: int, form_data: dict[str, Any]) -> None:
        await self._decide(viewer, alert_id, form_data, decisions.close_leak)
        self.done = "" if self.error else "L’alerte est classée."

    async def _decide(self, viewer: Viewer, alert_id: int, form_data: dict[str, Any], decide: Reasoned) -> None:
        with self._showing_refusals():
            reason = typed(form_data, "reason")
            async with transaction(viewer) as session:
                await decide(session, viewer, alert_id, reason, now(), today())
            self.file = await _read(viewer, alert_id)


async def _read(viewer: Viewer, alert_id: int) -> files.LeakFile:
    async with looking(viewer) as look:
        file = await files.read_file(look.session, viewer, alert_id, today())
        await look_at_leak(look, viewer, alert_id)
    return file
