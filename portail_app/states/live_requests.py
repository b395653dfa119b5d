"""A page that shows one request reads it again at each change of it."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from portail_app.states.access import Access
from portail_app.states.live_rows import live_requests
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer


class FollowsRequest(rx.State, mixin=True):
    """For the state of a page that shows one request: its number ends the URL, `_show` assigns what was read of it."""

    async def _follow(
        self, request_id: int | None, access: Access, read: Callable[[Viewer, str], Awaitable[Any]]
    ) -> None:
        """In a watch: reads it again at each change, until the tab shows another or is closed."""
        number = self._asked()
        changed = live_requests.read_again(self, [str(request_id or 0)], access, lambda viewer: read(viewer, number))
        async for found in changed:
            async with self:
                if self._asked() != number:
                    return
                self._show(found)

    def _asked(self) -> str:
        return read_last(self.router.url.path)

    def _show(self, found: Any) -> None:
        raise NotImplementedError
