"""The latest documents of the home page, which follow what is published and withdrawn."""

from dataclasses import replace

from portail_app.reading import reading
from portail_app.services.home import Home
from portail_app.services.papers import Paper, list_latest
from portail_app.states.access import Access
from portail_app.states.live_requests import FollowsPage
from portail_app.states.live_rows import live_trees
from portail_app.viewer import Viewer


class FollowsLatest(FollowsPage, mixin=True):
    home: Home = Home()

    async def _follow(self, viewer: Viewer) -> None:
        """In a watch, until the tab shows another page or is closed."""
        await self._follow_rows(live_trees, list(map(str, viewer.subscriber_ids)), Access.SIGNED_IN, _read_latest)

    def _asked(self) -> str:
        return str(self.router.url.path)

    def _show(self, found: tuple[Paper, ...]) -> None:
        if self.home.latest != found:
            self.home = replace(self.home, latest=found)


async def _read_latest(viewer: Viewer, _: str) -> tuple[Paper, ...]:
    async with reading(viewer) as reader:
        return tuple(await list_latest(reader, viewer))
