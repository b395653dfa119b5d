"""The requests of a utility, as its staff find them: every filter is in the URL."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portail_app.services.request_list import (
    Handler,
    ListedRequest,
    Progress,
    RequestPage,
    find_searched,
    list_requests,
    list_subjects,
)
from portail_app.states.access import Access, staff_event, staff_watch
from portail_app.states.clock import today
from portail_app.states.live_requests import FollowsRequests
from portail_app.states.looks import looking
from portail_app.states.request_place import DeskUrl, desk_query, read_desk
from portail_app.states.requests import pages_of
from portail_app.states.urls import read_choice, read_search
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of the list as it is now."""

    url: DeskUrl
    page: RequestPage
    subjects: tuple[str, ...]


class StaffRequestsState(FollowsRequests, rx.State):
    requests: tuple[ListedRequest, ...] = ()
    subjects: tuple[str, ...] = ()
    shown: dict[str, str] = {}
    today: str = ""
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> Any:
        self._show(await _read(viewer, self._asked()))
        self.is_loaded = True
        return StaffRequestsState.watch

    @staff_watch
    async def watch(self, viewer: Viewer) -> None:
        """A new request, a message, who is given it: shown as they come."""
        await self._follow(viewer, Access.STAFF, _read)

    @staff_event
    async def choose_progress(self, value: str) -> Any:
        return rx.redirect(self._url().to(progress=read_choice(Progress, value, Progress.OPEN)))

    @staff_event
    async def choose_handler(self, value: str) -> Any:
        return rx.redirect(self._url().to(handler=read_choice(Handler, value, Handler.ANYBODY)))

    @staff_event
    async def choose_subject(self, value: str) -> Any:
        return rx.redirect(self._url().to(subject=value[:120]))

    @staff_event
    async def choose_overdue(self, checked: bool) -> Any:
        return rx.redirect(self._url().to(is_overdue=checked))

    @staff_event
    async def look_for(self, form: dict[str, str]) -> Any:
        return rx.redirect(self._url().to(search=read_search(form.get("recherche", ""))))

    def _show(self, found: Desk) -> None:
        self.requests, self.subjects, self.today = found.page.rows, found.subjects, str(today())
        self.shown = pages_of(found.url, found.page.total) | {
            "progress": found.url.progress,
            "handler": found.url.handler,
            "subject": found.url.subject,
            "overdue": "oui" if found.url.is_overdue else "",
            "search": found.url.search,
        }

    def _url(self) -> DeskUrl:
        return read_desk(self._asked())


async def _read(viewer: Viewer, asked: str) -> Desk:
    url = read_desk(asked)
    query = desk_query(url)
    async with looking(viewer) as look:
        page = await list_requests(look.session, viewer, query)
        subjects = await list_subjects(look.session, viewer)
        await look.at_list(await find_searched(look.session, viewer, query), "Liste des demandes")
    return Desk(url, page, subjects)
