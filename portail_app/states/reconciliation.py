"""Rapprochement: what was paid here beside what the treasury's statement says, and why the two differ."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.services.difference_explanations import explain_difference
from portail_app.services.reconciliation import ReconciliationPage, list_reconciled
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.clock import now, today
from portail_app.states.places import NOWHERE, Place, describe_place
from portail_app.states.reconciliation_place import (
    read_reconciliation,
    reconciliation_links,
    reconciliation_query,
    search_reconciliation,
)
from portail_app.viewer import Viewer


class ReconciliationState(Answers, rx.State):
    found: ReconciliationPage = ReconciliationPage()
    place: Place = NOWHERE
    links: dict[str, str] = {}
    done: str = ""
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done = self.error = self.error_field = ""
        await self._read(viewer)

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        return rx.redirect(search_reconciliation(self.router.url.query_parameters, form))

    @staff_event
    async def explain(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            line_id, receipt_id = (typed_number(form_data, name) or None for name in ("ligne", "recu"))
            async with transaction(viewer) as session:
                await explain_difference(session, viewer, line_id, receipt_id, typed(form_data, "motif"), now())
            await self._read(viewer)
            self.done = "L’explication est enregistrée."

    async def _read(self, viewer: Viewer) -> None:
        url = read_reconciliation(self.router.url.query_parameters)
        async with transaction(viewer) as session:
            found = await list_reconciled(session, viewer, reconciliation_query(url), today())
        self.place = describe_place(url, "Paiements", found.total)
        self.links, self.found, self.is_loaded = reconciliation_links(url), found, True
