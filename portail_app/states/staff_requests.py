"""The requests of a utility, as its staff find them: every filter is in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.services.request_list import (
    Handler,
    ListedRequest,
    Progress,
    RequestPage,
    RequestQuery,
    find_searched,
    list_requests,
    list_subjects,
)
from portail_app.states.access import Access, staff_event, staff_watch
from portail_app.states.clock import today
from portail_app.states.live_requests import FollowsRequests
from portail_app.states.looks import looking
from portail_app.states.requests import pages_of
from portail_app.states.urls import LAST_PAGE, address_of, parameters_of, read_choice, read_number, read_search
from portail_app.viewer import Viewer

PATH = "/agent/demandes"


@dataclass(frozen=True, slots=True)
class DeskUrl:
    """`/agent/demandes?etat=nouvelle&agent=moi&type=Fuite&retard=oui&recherche=martin&page=2`."""

    progress: Progress = Progress.OPEN
    handler: Handler = Handler.ANYBODY
    subject: str = ""
    is_overdue: bool = False
    search: str = ""
    page: int = 1

    def __str__(self) -> str:
        return address_of(
            PATH,
            etat=self.progress if self.progress is not Progress.OPEN else "",
            agent=self.handler if self.handler is not Handler.ANYBODY else "",
            type=self.subject,
            retard="oui" if self.is_overdue else "",
            recherche=self.search,
            page=str(self.page) if self.page > 1 else "",
        )

    def to(self, **changes: object) -> str:
        """The URL with something changed, on its first page unless told which."""
        return str(replace(self, **{"page": 1, **changes}))  # type: ignore[arg-type]


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
    today: date | None = None
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
    async def choose_progress(self, value: str) -> EventSpec:
        return rx.redirect(self._url().to(progress=read_choice(Progress, value, Progress.OPEN)))

    @staff_event
    async def choose_handler(self, value: str) -> EventSpec:
        return rx.redirect(self._url().to(handler=read_choice(Handler, value, Handler.ANYBODY)))

    @staff_event
    async def choose_subject(self, value: str) -> EventSpec:
        return rx.redirect(self._url().to(subject=value[:120]))

    @staff_event
    async def choose_overdue(self, checked: bool) -> EventSpec:
        return rx.redirect(self._url().to(is_overdue=checked))

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        return rx.redirect(self._url().to(search=read_search(form.get("recherche", ""))))

    def _show(self, found: Desk) -> None:
        self.requests, self.subjects, self.today = found.page.rows, found.subjects, today()
        self.shown = pages_of(found.url, found.page.total) | {
            "progress": found.url.progress,
            "handler": found.url.handler,
            "subject": found.url.subject,
            "overdue": "oui" if found.url.is_overdue else "",
            "search": found.url.search,
        }

    def _url(self) -> DeskUrl:
        return _read_url(parameters_of(self._asked()))


async def _read(viewer: Viewer, asked: str) -> Desk:
    url = _read_url(parameters_of(asked))
    query = _query(url)
    async with looking(viewer) as look:
        page = await list_requests(look.session, viewer, query)
        subjects = await list_subjects(look.session, viewer)
        await look.at_list(await find_searched(look.session, viewer, query), "Liste des demandes")
    return Desk(url, page, subjects)


def _read_url(parameters: Mapping[str, str]) -> DeskUrl:
    return DeskUrl(
        progress=read_choice(Progress, parameters.get("etat", ""), Progress.OPEN),
        handler=read_choice(Handler, parameters.get("agent", ""), Handler.ANYBODY),
        subject=parameters.get("type", "").replace("\0", "")[:120],
        is_overdue=parameters.get("retard", "") == "oui",
        search=read_search(parameters.get("recherche", "")),
        page=read_number(parameters.get("page", ""), at_most=LAST_PAGE) or 1,
    )


def _query(url: DeskUrl) -> RequestQuery:
    return RequestQuery(
        progress=url.progress,
        handler=url.handler,
        subject=url.subject,
        search=url.search,
        overdue_on=today() if url.is_overdue else None,
        by_due_date=url.progress is not Progress.ALL,
        page=url.page,
    )
