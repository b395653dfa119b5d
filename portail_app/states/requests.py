"""Mes demandes: what the subscriber has asked, the newest first."""

from typing import Any, Protocol

import reflex as rx

from portail_app.database import transaction
from portail_app.services.request_list import PAGE_SIZE, ListedRequest, RequestPage, RequestQuery, list_requests
from portail_app.states.access import Access, subscriber_event, subscriber_watch
from portail_app.states.live_requests import FollowsRequests
from portail_app.states.urls import LAST_PAGE, ListUrl, parameters_of, read_number
from portail_app.viewer import Viewer

PATH = "/demandes"


class RequestsState(FollowsRequests, rx.State):
    requests: tuple[ListedRequest, ...] = ()
    shown: dict[str, str] = {}
    may_ask: bool = True
    is_loaded: bool = False

    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        self._show(await _read(viewer, self._asked()))
        self.may_ask, self.is_loaded = bool(viewer.payable_subscriber_ids), True
        return RequestsState.watch

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> None:
        """A request sent elsewhere, an answer, a new status: shown as they come."""
        await self._follow(viewer, Access.SUBSCRIBER, _read)

    def _show(self, found: tuple[ListUrl, RequestPage]) -> None:
        url, page = found
        self.requests, self.shown = page.rows, pages_of(url, page.total)


async def _read(viewer: Viewer, asked: str) -> tuple[ListUrl, RequestPage]:
    """The first page in the place of one past the last, which would say that nothing was asked."""
    page = read_number(parameters_of(asked).get("page", ""), at_most=LAST_PAGE) or 1
    async with transaction(viewer) as session:
        found = await list_requests(session, viewer, RequestQuery(page=page))
        if page > 1 and not found.rows:
            page, found = 1, await list_requests(session, viewer, RequestQuery())
    return ListUrl(PATH, page=page), found


class Paged(Protocol):
    """The URL of a list, whatever its filters."""

    @property
    def page(self) -> int: ...
    def to(self, *, page: int) -> str: ...


def pages_of(url: Paged, total: int) -> dict[str, str]:
    """Where we are, in words, and the links to the neighbouring pages (empty where there is none)."""
    first, last = (url.page - 1) * PAGE_SIZE + 1, min(total, url.page * PAGE_SIZE)
    return {
        "range": f"Demandes {first} à {last} sur {total}" if total else "",
        "previous": url.to(page=url.page - 1) if url.page > 1 else "",
        "next": url.to(page=url.page + 1) if last < total else "",
    }
