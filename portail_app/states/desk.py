"""The staff's home: what waits for them."""

import reflex as rx

from portail_app.database import transaction
from portail_app.services.desk import Waiting, count_waiting
from portail_app.services.paper_desk import PaperFigures, count_papers
from portail_app.services.request_counts import RequestsWaiting, count_for_staff
from portail_app.states.access import staff_event
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer


class DeskState(rx.State):
    waiting: Waiting = Waiting()
    requests: RequestsWaiting = RequestsWaiting()
    paper: PaperFigures = PaperFigures()
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            waiting = await count_waiting(session, viewer, today())
            asked = await count_for_staff(session, viewer, today())
            paper = await count_papers(session, viewer, now())
        self.waiting, self.requests, self.paper, self.is_loaded = waiting, asked, paper, True
