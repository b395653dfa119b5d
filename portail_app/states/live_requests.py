"""A page that shows a request, or a list of them, reads it again at each change."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

import reflex as rx

from portail_app.states.access import Access
from portail_app.states.live_rows import LiveRows, live_request_lists, live_requests
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer

Read = Callable[[Viewer, str], Awaitable[Any]]


class FollowsPage(rx.State, mixin=True):
    """For the state of a page of which `_asked` says what it shows, and `_show` assigns what was read of it."""

    async def _follow_rows(self, rows: LiveRows, subjects: Collection[str], access: Access, read: Read) -> None:
        """In a watch: reads it again at each change, until the tab shows another or is closed."""
        asked = self._asked()
        async for found in rows.read_again(self, subjects, access, lambda viewer: read(viewer, asked)):
            async with self:
                if self._asked() != asked:
                    return
                self._show(found)

    def _asked(self) -> str:
        raise NotImplementedError

    def _show(self, found: Any) -> None:
        raise NotImplementedError


class FollowsRequest(FollowsPage, mixin=True):
    """One request: its number ends the URL."""

    async def _follow(self, request_id: int | None, access: Access, read: Read) -> None:
        await self._follow_rows(live_requests, [str(request_id or 0)], access, read)

    def _asked(self) -> str:
        return read_last(self.router.url.path)


class FollowsRequests(FollowsPage, mixin=True):
    """A list, which is its whole URL: another page of it is another list."""

    async def _follow(self, viewer: Viewer, access: Access, read: Read) -> None:
        """Of the utilities that the viewer works for, else of their own subscribers."""
        ids, kind = viewer.subscriber_ids, "subscriber"
        if viewer.is_staff:
            ids, kind = viewer.staffed_utility_ids, "utility"
        await self._follow_rows(live_request_lists, [f"{kind} {one}" for one in ids], access, read)

    def _asked(self) -> str:
        url = self.router.url
        return f"{url.path.rstrip('/')}?{url.query}"
