"""Suspending and resuming the payment of a utility."""

from typing import Any

import reflex as rx

from models import PaymentSuspension, Utility
from portail_app.database import transaction
from portail_app.services import suspensions, utilities
from portail_app.services.paging import Sought
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_instant, typed_number
from portail_app.states.clock import now
from portail_app.states.places import NOWHERE, Place, describe_place
from portail_app.states.urls import LAST_PAGE, ListUrl, read_number
from portail_app.viewer import Viewer

PATH, PAGE = "/agent/paiements", "suspensions"


class SuspensionsState(Answers, rx.State):
    utilities: tuple[Utility, ...] = ()
    history: tuple[PaymentSuspension, ...] = ()
    done: str = ""
    times_done: int = 0
    place: Place = NOWHERE

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done = self.error = self.error_field = ""
        await self._read(viewer)

    @staff_event
    async def suspend(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            utility_id, until = typed_number(form_data, "utility_id"), typed_instant(form_data, "until")
            async with transaction(viewer) as session:
                await suspensions.suspend_payments(
                    session, viewer, utility_id, typed(form_data, "reason"), until, now()
                )
            await self._read(viewer)
            self.done, self.times_done = "Le paiement est suspendu.", self.times_done + 1

    @staff_event
    async def resume(self, viewer: Viewer, utility_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await suspensions.resume_payments(session, viewer, utility_id, now())
            await self._read(viewer)
            self.done = "Le paiement a repris."

    async def _read(self, viewer: Viewer) -> None:
        page = read_number(self.router.url.query_parameters.get(PAGE, ""), at_most=LAST_PAGE) or 1
        async with transaction(viewer) as session:
            staffed = await utilities.list_staffed(session, viewer)
            history = await suspensions.list_history(session, viewer, Sought(page=page))
        self.utilities, self.history = tuple(staffed), tuple(history)
        self.place = describe_place(ListUrl(PATH, page=page, page_name=PAGE), "Suspensions", history.total)
