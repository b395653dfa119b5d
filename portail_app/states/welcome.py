"""Writing the welcome text of a utility's home page."""

from typing import Any

import reflex as rx

from models import Utility
from portail_app.database import transaction
from portail_app.markdown import render
from portail_app.services import utilities
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.viewer import Viewer


class WelcomeState(Answers, rx.State):
    chosen: Utility | None = None
    preview_html: str = ""
    done: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        await self._show(viewer, None)

    @staff_event
    async def choose(self, viewer: Viewer, utility_id: str) -> None:
        await self._show(viewer, typed_number({"utility_id": utility_id}, "utility_id"))

    @staff_event
    async def preview(self, text: str) -> None:
        self.preview_html = render(text[: utilities.LONGEST_WELCOME])

    @staff_event
    async def save(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            utility_id = typed_number(form_data, "utility_id")
            async with transaction(viewer) as session:
                await utilities.write_welcome_text(session, viewer, utility_id, typed(form_data, "welcome_text"))
            await self._show(viewer, utility_id)
            self.done = "Le texte d’accueil est enregistré."

    async def _show(self, viewer: Viewer, utility_id: int | None) -> None:
        """The utility of that id among the viewer's own, else the first."""
        async with transaction(viewer) as session:
            staffed = await utilities.list_staffed(session, viewer)
        chosen = next((one for one in staffed if one.id == utility_id), staffed[0])
        self.chosen, self.preview_html = chosen, render(chosen.welcome_text)
        self.done = self.error = self.error_field = ""
