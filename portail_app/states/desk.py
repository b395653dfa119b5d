"""The staff's home: what waits for them."""

import reflex as rx

from portail_app.database import transaction
from portail_app.services.desk import Waiting, count_waiting
from portail_app.states.access import staff_event
from portail_app.states.clock import today
from portail_app.viewer import Viewer


class DeskState(rx.State):
    waiting: Waiting = Waiting()
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            waiting = await count_waiting(session, viewer, today())
        self.waiting, self.is_loaded = waiting, True
