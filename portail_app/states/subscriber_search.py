"""Staff look for a subscriber whose documents they want to see: the words are in the URL."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.services.readers import Known, search_subscribers
from portail_app.states.access import staff_event
from portail_app.states.looks import looking
from portail_app.states.urls import address_of, read_search
from portail_app.viewer import Viewer

PATH = "/agent/documents"
SEARCHED = "Votre nom, dans une recherche"


class SubscriberSearchState(rx.State):
    found: tuple[Known, ...] = ()
    words: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        words = read_search(self.router.url.query_parameters.get("recherche", ""))
        async with looking(viewer) as look:
            found = await search_subscribers(look.session, viewer, words)
            await look.at_list((one.id for one in found), SEARCHED)
        self.words, self.found = words, tuple(found)

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        return rx.redirect(address_of(PATH, recherche=read_search(form.get("recherche", ""))))
