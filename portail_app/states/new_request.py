"""Writing a request, by a guided form or by the message of the contact page."""

from typing import Any

import reflex as rx

from models import RequestChannel, RequestType, Subscriber
from portail_app.database import transaction
from portail_app.services.request_forms import ServiceFacts, read_form, read_offer
from portail_app.states.access import subscriber_event
from portail_app.states.request_writing import WritesRequest
from portail_app.states.urls import address_of
from portail_app.viewer import Viewer

MESSAGE = "message"
CONTACT = "/contact"


class NewRequestState(WritesRequest, rx.State):
    subscribers: tuple[Subscriber, ...] = ()
    chosen: str = ""
    types: tuple[RequestType, ...] = ()
    service: ServiceFacts = ServiceFacts()
    may_ask: bool = True

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        await self._begin(viewer)

    @subscriber_event
    async def choose_subscriber(self, number: str) -> Any:
        return rx.redirect(self._address(number[:32]))

    @subscriber_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            request = await self._open(viewer, form_data, RequestChannel.PORTAL)
            return rx.redirect(f"/demandes/{request.number}?envoyee=oui")
        return self._focus_on_error()

    @subscriber_event
    async def clear(self, viewer: Viewer, code: str, subscriber_id: int, key: str) -> None:
        await self._clear(viewer, code, subscriber_id, key)

    @subscriber_event
    async def restore(self, viewer: Viewer, code: str, subscriber_id: int) -> None:
        await self._restore(viewer, code, subscriber_id)

    @subscriber_event
    async def read_pieces(self, viewer: Viewer) -> None:
        await self._show_waiting(viewer)

    @subscriber_event
    async def remove_piece(self, viewer: Viewer, piece_id: int) -> None:
        await self._take_back(viewer, piece_id)

    async def _read(self, viewer: Viewer) -> None:
        parameters = self.router.url.query_parameters
        code = MESSAGE if self._is_contact() else str(parameters.get("type", ""))
        async with transaction(viewer) as session:
            offer = await read_offer(session, viewer, str(parameters.get("abonne", "")))
            form = await read_form(session, viewer, offer.chosen, code) if code and offer.may_ask else None
        self.subscribers, self.chosen, self.types = offer.subscribers, offer.chosen.number, offer.types
        self.service, self.form, self.missing, self.may_ask = offer.service, form, "", offer.may_ask

    def _is_contact(self) -> bool:
        return self.router.url.path.rstrip("/") == CONTACT

    def _address(self, subscriber_number: str) -> str:
        code = str(self.router.url.query_parameters.get("type", ""))
        path = CONTACT if self._is_contact() else "/demandes/nouvelle"
        return address_of(path, type="" if self._is_contact() else code, abonne=subscriber_number)
