"""What a page that shows a tree of folders keeps."""

import reflex as rx

from portail_app.services.folders import Branch
from portail_app.services.papers import Paper
from portail_app.states.tree_view import NO_PLACE, Site, Wanted, read_tree, read_wanted
from portail_app.viewer import Viewer


class ShowsTree(rx.State, mixin=True):
    branches: tuple[Branch, ...] = ()
    open_ids: tuple[int, ...] = ()
    papers: tuple[Paper, ...] = ()
    place: dict[str, str] = NO_PLACE
    is_loaded: bool = False

    async def _show_tree(self, viewer: Viewer, site: Site) -> None:
        self._assign(await read_tree(viewer, site, self._wanted()))

    async def _turn(self, viewer: Viewer, site: Site, folder_id: int) -> None:
        """Show what is below a folder, or hide it."""
        was_open = folder_id in self.open_ids
        rest = tuple(open_id for open_id in self.open_ids if open_id != folder_id)
        open_ids = rest if was_open else (*rest, folder_id)
        self._assign(await read_tree(viewer, site, self._wanted(open_ids, shut=folder_id if was_open else 0)))

    def _wanted(self, open_ids: tuple[int, ...] | None = None, shut: int = 0) -> Wanted:
        held = self.open_ids if open_ids is None else open_ids
        return read_wanted(self.router.url.query_parameters, held, shut=shut, is_first=not self.is_loaded)

    def _assign(self, shown: dict[str, object]) -> None:
        """Only what differs is sent to the page."""
        for name, value in shown.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
