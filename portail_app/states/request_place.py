"""What the URL of the staff's list of requests asks for."""

from dataclasses import dataclass, replace

from portail_app.services.request_list import Handler, Progress, RequestQuery
from portail_app.states.clock import today
from portail_app.states.urls import LAST_PAGE, address_of, parameters_of, read_choice, read_number, read_search

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


def read_desk(asked: str) -> DeskUrl:
    """From an address of the list."""
    parameters = parameters_of(asked)
    return DeskUrl(
        progress=read_choice(Progress, parameters.get("etat", ""), Progress.OPEN),
        handler=read_choice(Handler, parameters.get("agent", ""), Handler.ANYBODY),
        subject=parameters.get("type", "").replace("\0", "")[:120],
        is_overdue=parameters.get("retard", "") == "oui",
        search=read_search(parameters.get("recherche", "")),
        page=read_number(parameters.get("page", ""), at_most=LAST_PAGE) or 1,
    )


def desk_query(url: DeskUrl) -> RequestQuery:
    return RequestQuery(
        progress=url.progress,
        handler=url.handler,
        subject=url.subject,
        search=url.search,
        overdue_on=today() if url.is_overdue else None,
        by_due_date=url.progress is not Progress.ALL,
        page=url.page,
    )
