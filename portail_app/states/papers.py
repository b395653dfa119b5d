"""Factures au format papier: whom staff send paper to, and whom no more."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.services.paper_desk import PaperFigures, PaperRow, count_papers, list_papers
from portail_app.states.access import staff_event
from portail_app.states.clock import now
from portail_app.states.looks import looking
from portail_app.states.paper_place import PATH, paper_links, read_papers, tab_of
from portail_app.states.places import NOWHERE, Place, describe_place, search_at, sought_at
from portail_app.viewer import Viewer


class PapersState(rx.State):
    rows: tuple[PaperRow, ...] = ()
    figures: PaperFigures = PaperFigures()
    place: Place = NOWHERE
    links: dict[str, str] = {}
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        url = read_papers(self.router.url.query_parameters)
        async with looking(viewer) as look:
            found = await list_papers(look.session, viewer, tab_of(url), sought_at(url))
            figures = await count_papers(look.session, viewer, now())
            await look.at_list((row.subscriber_id for row in found if url.search), "Factures au format papier")
        self.rows, self.figures, self.links, self.is_loaded = tuple(found), figures, paper_links(url), True
        self.place = describe_place(url, "Abonnés", found.total)

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        url = read_papers(self.router.url.query_parameters)
        return rx.redirect(search_at(PATH, form, tab=url.tab))
