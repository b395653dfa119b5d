"""Mes demandes: what the subscriber has asked, the newest first."""

from typing import Protocol

import reflex as rx

from portail_app.database import transaction
from portail_app.services.request_list import PAGE_SIZE, ListedRequest, RequestQuery, list_requests
from portail_app.states.access import subscriber_event
from portail_app.states.urls import LAST_PAGE, ListUrl, read_number
from portail_app.viewer import Viewer

PATH = "/demandes"


class RequestsState(rx.State):
    requests: tuple[ListedRequest, ...] = ()
    shown: dict[str, str] = {}
    is_loaded: bool = False

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        page = read_number(str(self.router.url.query_parameters.get("page", "")), at_most=LAST_PAGE) or 1
        async with transaction(viewer) as session:
            found = await list_requests(session, viewer, RequestQuery(page=page))
        self.requests, self.is_loaded = found.rows, True
        self.shown = pages_of(ListUrl(PATH, page=page), found.total)


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
