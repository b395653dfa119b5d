"""Writing notices: what they will look like while they are written, publishing, withdrawing."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from models import Notice, Utility
from portail_app.database import transaction
from portail_app.markdown import render
from portail_app.services import notices, utilities
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_day, typed_number
from portail_app.states.clock import now, today
from portail_app.states.places import NOWHERE, Place, describe_place, read_place, search_at, sought_at
from portail_app.viewer import Viewer

PATH = "/agent/avis"


class NoticesState(Answers, rx.State):
    utilities: tuple[Utility, ...] = ()
    notices: tuple[Notice, ...] = ()
    preview_html: str = ""
    done: str = ""
    times_done: int = 0
    place: Place = NOWHERE

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done = self.error = self.error_field = self.preview_html = ""
        await self._read(viewer)

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        return rx.redirect(search_at(PATH, form))

    @staff_event
    async def preview(self, text: str) -> None:
        self.preview_html = render(text[: notices.LONGEST_BODY])

    @staff_event
    async def publish(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            draft = _draft(form_data)
            async with transaction(viewer) as session:
                await notices.publish_notice(session, viewer, draft, now())
            await self._read(viewer)
            self.preview_html, self.done, self.times_done = "", "L’avis est publié.", self.times_done + 1

    @staff_event
    async def withdraw(self, viewer: Viewer, notice_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await notices.withdraw_notice(session, viewer, notice_id, now())
            await self._read(viewer)
            self.done = "L’avis est retiré."

    async def _read(self, viewer: Viewer) -> None:
        url = read_place(PATH, self.router.url.query_parameters)
        async with transaction(viewer) as session:
            staffed = await utilities.list_staffed(session, viewer)
            written = await notices.list_notices(session, viewer, sought_at(url))
        self.utilities, self.notices = tuple(staffed), tuple(written)
        self.place = describe_place(url, "Avis", written.total)


def _draft(form_data: dict[str, Any]) -> notices.NoticeDraft:
    return notices.NoticeDraft(
        utility_id=typed_number(form_data, "utility_id"),
        title=typed(form_data, "title"),
        body=typed(form_data, "body"),
        is_important=bool(form_data.get("is_important")),
        starts_on=typed_day(form_data, "starts_on") or today(),
        ends_on=typed_day(form_data, "ends_on"),
    )
