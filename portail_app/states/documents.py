"""Mes documents: the tree as far as it is open, and a page of the folder that is looked at; what changes comes live."""

from contextlib import suppress
from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import Unavailable
from portail_app.services.withdrawals import take_back
from portail_app.states.access import readmit, subscriber_event, subscriber_watch
from portail_app.states.live_rows import live_trees
from portail_app.states.shows_tree import ShowsTree
from portail_app.states.tree_view import Site, plant_what_lacks, read_tree
from portail_app.viewer import Viewer

PATH = "/documents"


class DocumentsState(ShowsTree, rx.State):
    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        """The folder that the URL names, else the first that holds something."""
        await plant_what_lacks(viewer, viewer.subscriber_ids)
        await self._show_tree(viewer, _site(viewer))
        return DocumentsState.watch

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> None:
        """What staff publish, file or withdraw is shown as it comes."""
        changed = live_trees.changes(self.router.session.session_id, list(map(str, viewer.subscriber_ids)))
        async for _ in changed:
            with suppress(Unavailable):
                admitted = await readmit(self)
                while not await self._is_shown_again(admitted):
                    continue

    @subscriber_event
    async def toggle(self, viewer: Viewer, folder_id: int) -> None:
        await self._turn(viewer, _site(viewer), folder_id)

    @subscriber_event
    async def withdraw(self, viewer: Viewer, document_id: int) -> None:
        """Take back what was sent and that nobody has filed yet."""
        async with transaction(viewer) as session:
            await take_back(session, viewer, document_id)
        await self._show_tree(viewer, _site(viewer))

    async def _is_shown_again(self, viewer: Viewer) -> bool:
        """False where the page asked for something else while this was read."""
        async with self:
            wanted = self._wanted()
        shown = await read_tree(viewer, _site(viewer), wanted)
        async with self:
            is_current = self._wanted() == wanted
            if is_current:
                self._assign(shown)
        return is_current


def _site(viewer: Viewer) -> Site:
    return Site(viewer.subscriber_ids, PATH, f"{PATH}/dossiers/{{}}/fichiers", viewer.payable_subscriber_ids)
