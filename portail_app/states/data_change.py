"""« Modifier mes informations »: what billing owns, asked for as a request."""

from typing import Any
from uuid import uuid4

import reflex as rx

from models import Subscriber
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services import data_changes, holds, own_changes, owned_fields
from portail_app.states.access import subscriber_event
from portail_app.states.answers import Answers, typed
from portail_app.states.clock import now
from portail_app.states.urls import read_number
from portail_app.viewer import Viewer


class DataChangeState(Answers, rx.State):
    """`waiting` are the fields that await an answer already; `sent` is the number of the request once it is sent."""

    subscriber: Subscriber | None = None
    waiting: tuple[str, ...] = ()
    missing: str = ""
    sent: str = ""
    _key: str = ""

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        asked = read_number(self.router.url.query_parameters.get("abonne", ""), at_most=2**31 - 1)
        try:
            async with transaction(viewer) as session:
                held = await holds.find_own(session, viewer, asked or 0)
                own = await own_changes.list_own(session, viewer)
        except NotFound as missing:
            self.subscriber, self.missing = None, missing.sentence
            return
        waiting = (
            one.field for one in own if one.status == own_changes.WAITING and one.subscriber_id == held.subscriber.id
        )
        self.subscriber, self.waiting, self._key = held.subscriber, tuple(waiting), uuid4().hex
        self.missing = self.sent = self.error = self.error_field = ""

    @subscriber_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            given = {
                field.name: typed(form_data, field.name) for field in owned_fields.OWNED if field.name in form_data
            }
            subscriber_id = self.subscriber.id or 0 if self.subscriber else 0
            async with transaction(viewer) as session:
                request = await data_changes.ask_for_changes(session, viewer, subscriber_id, given, self._key, now())
            self.sent = request.number
        return self._focus_on_error()
