"""Accueil: what is due, what is asked, the last consumption, and which important notices were closed."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.reading import reading
from portail_app.services import notices
from portail_app.services.asks import Ask, list_asks
from portail_app.services.contract_list import ContractRow, list_last_consumptions
from portail_app.services.home import Due, summarise_due
from portail_app.services.papers import Paper, list_latest
from portail_app.services.request_list import OwnRequests, count_for_subscriber
from portail_app.states.access import signed_in_event
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer


class HomeState(rx.State):
    due: Due = Due()
    requests: OwnRequests = OwnRequests()
    asks: tuple[Ask, ...] = ()
    consumptions: tuple[ContractRow, ...] = ()
    closed_notice_ids: tuple[int, ...] = ()
    latest: tuple[Paper, ...] = ()
    is_loaded: bool = False

    @signed_in_event
    async def load(self, viewer: Viewer) -> EventSpec | None:
        if viewer.is_staff and not viewer.subscriber_ids:
            return rx.redirect("/agent")
        async with reading(viewer) as reader:
            due = await summarise_due(reader, viewer, today())
            asks = await list_asks(reader, viewer, today())
            consumptions = await list_last_consumptions(reader, viewer.as_subscriber(), today())
            requests = await count_for_subscriber(reader, viewer)
            latest = await list_latest(reader, viewer)
            closed = await notices.list_closed_ids(reader, viewer)
        self.due, self.asks, self.consumptions = due, asks, consumptions
        self.requests, self.latest = requests, tuple(latest)
        self.closed_notice_ids, self.is_loaded = closed, True
        return None

    @signed_in_event
    async def close_notice(self, viewer: Viewer, notice_id: int) -> None:
        """« Fermer »: not shown over the page again, on any device of this account."""
        async with transaction(viewer) as session:
            await notices.close_notice(session, viewer, notice_id, now())
        self.closed_notice_ids = (*self.closed_notice_ids, notice_id)
