"""One subscriber's documents, as staff look at them: each look is written in the subscriber's history of accesses."""

import reflex as rx

from portail_app.errors import NotFound
from portail_app.services.readers import Known, find_subscriber
from portail_app.states.access import staff_event
from portail_app.states.looks import looking
from portail_app.states.shows_tree import ShowsTree
from portail_app.states.tree_view import Site, plant_what_lacks
from portail_app.states.urls import LARGEST_ID, read_last, read_number
from portail_app.viewer import Viewer

PATH = "/agent/documents"
LOOKED_AT = "Vos documents"


class StaffTreeState(ShowsTree, rx.State):
    subscriber: Known | None = None
    missing: str = ""

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        try:
            known = await _look(viewer, self._asked())
        except NotFound as missing:
            self.subscriber, self.missing = None, missing.sentence
            return
        if self.subscriber is None or self.subscriber.id != known.id:
            self.open_ids, self.is_loaded = (), False
        await plant_what_lacks(viewer, frozenset({known.id}))
        await self._show_tree(viewer, _site(known.id))
        self.subscriber, self.missing = known, ""

    @staff_event
    async def toggle(self, viewer: Viewer, folder_id: int) -> None:
        known = await _look(viewer, self._asked())
        await self._turn(viewer, _site(known.id), folder_id)

    def _asked(self) -> int:
        return read_number(read_last(self.router.url.path), at_most=LARGEST_ID) or 0


async def _look(viewer: Viewer, subscriber_id: int) -> Known:
    async with looking(viewer) as look:
        known = await find_subscriber(look.session, viewer, subscriber_id)
        await look.at([known.id], LOOKED_AT)
    return known


def _site(subscriber_id: int) -> Site:
    return Site(frozenset({subscriber_id}), f"{PATH}/{subscriber_id}", "/agent/dossiers/{}/fichiers")
