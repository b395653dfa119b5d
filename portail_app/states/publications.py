"""What has been published, page by page, and taking one publication back from everybody who has it."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.services.paging import Sought
from portail_app.services.publications import Publication, list_publications
from portail_app.services.withdrawals import withdraw_publication
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.places import NOWHERE, Place, describe_place
from portail_app.states.urls import LAST_PAGE, ListUrl, read_number, read_search
from portail_app.viewer import Viewer

PATH, PAGE = "/agent/documents", "publications"


class PublicationsState(Answers, rx.State):
    publications: tuple[Publication, ...] = ()
    chosen: Publication | None = None
    done: str = ""
    place: Place = NOWHERE

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done, self.error, self.error_field, self.chosen = "", "", "", None
        await self._read(viewer)

    @staff_event
    async def read_again(self, viewer: Viewer) -> None:
        """Something has just been published."""
        await self._read(viewer)

    @staff_event
    async def choose(self, file_id: int) -> None:
        self.done, self.error, self.error_field = "", "", ""
        self.chosen = next((one for one in self.publications if one.file_id == file_id), None)

    @staff_event
    async def leave(self) -> None:
        self.chosen, self.error, self.error_field = None, "", ""

    @staff_event
    async def withdraw(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            file_id, reason = typed_number(form_data, "file_id"), typed(form_data, "reason")
            async with transaction(viewer) as session:
                count = await withdraw_publication(session, viewer, file_id, reason)
            await self._read(viewer)
            self.chosen = None
            self.done = (
                "Le document est retiré à un abonné." if count == 1 else f"Le document est retiré à {count} abonnés."
            )
            return None
        return self._focus_on_error()

    async def _read(self, viewer: Viewer) -> None:
        asked = self.router.url.query_parameters
        page = read_number(asked.get(PAGE, ""), at_most=LAST_PAGE) or 1
        async with transaction(viewer) as session:
            found = await list_publications(session, viewer, Sought(page=page))
        url = ListUrl(PATH, search=read_search(asked.get("recherche", "")), page=page, page_name=PAGE)
        self.publications, self.place = tuple(found), describe_place(url, "Documents publiés", found.total)
