"""Writing a request, by a guided form or by the message of the contact page: kept while it is typed, sent once."""

from dataclasses import replace
from typing import Any

import reflex as rx

from models import RequestType, Subscriber
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.services.request_attachments import list_waiting, remove_waiting
from portail_app.services.request_forms import (
    RequestForm,
    ServiceFacts,
    clear_form,
    read_form,
    read_offer,
    restore_form,
)
from portail_app.services.request_opening import open_request
from portail_app.services.request_sendings import Draft
from portail_app.states.access import subscriber_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.clock import now
from portail_app.states.urls import address_of
from portail_app.viewer import Viewer

MESSAGE = "message"
CONTACT = "/contact"
LONGEST_SENT = 250_000  # what a page can send at all; the service's own limits are told in words


class NewRequestState(Answers, rx.State):
    subscribers: tuple[Subscriber, ...] = ()
    chosen: str = ""
    types: tuple[RequestType, ...] = ()
    service: ServiceFacts = ServiceFacts()
    form: RequestForm | None = None
    erased: dict[str, str] = {}
    missing: str = ""

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        self.error, self.error_field, self.erased = "", "", {}
        try:
            await self._read(viewer)
        except NotFound as missing:
            self.form, self.missing = None, missing.sentence

    @subscriber_event
    async def choose_subscriber(self, number: str) -> Any:
        return rx.redirect(self._address(number[:32]))

    @subscriber_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        """The words stay in the page until the server has them."""
        with self._showing_refusals():
            draft = _draft(form_data)
            async with transaction(viewer) as session:
                request = await open_request(session, viewer, draft, now())
            return rx.redirect(f"/demandes/{request.number}?envoyee=oui")
        return self._focus_on_error()

    @subscriber_event
    async def clear(self, viewer: Viewer, code: str, subscriber_id: int, key: str) -> None:
        """« Effacer »: a fresh form; what was in the other can be had back."""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                erased = await clear_form(session, viewer, code, subscriber_id, key, now())
            await self._read(viewer)
            self.erased = erased

    @subscriber_event
    async def restore(self, viewer: Viewer, code: str, subscriber_id: int) -> None:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await restore_form(session, viewer, code, subscriber_id, self.erased, now())
            await self._read(viewer)
            self.erased = {}

    @subscriber_event
    async def read_pieces(self, viewer: Viewer) -> None:
        """Some files have just been added."""
        await self._show_waiting(viewer)

    @subscriber_event
    async def remove_piece(self, viewer: Viewer, piece_id: int) -> None:
        async with transaction(viewer) as session:
            await remove_waiting(session, viewer, piece_id)
        await self._show_waiting(viewer)

    async def _show_waiting(self, viewer: Viewer) -> None:
        if self.form is not None:
            async with transaction(viewer) as session:
                pieces = await list_waiting(session, viewer, self.form.place)
            self.form = replace(self.form, pieces=pieces)

    async def _read(self, viewer: Viewer) -> None:
        parameters = self.router.url.query_parameters
        code = MESSAGE if self._is_contact() else str(parameters.get("type", ""))
        async with transaction(viewer) as session:
            offer = await read_offer(session, viewer, str(parameters.get("abonne", "")))
            form = await read_form(session, viewer, offer.chosen, code) if code else None
        self.subscribers, self.chosen, self.types = offer.subscribers, offer.chosen.number, offer.types
        self.service, self.form, self.missing = offer.service, form, ""

    def _is_contact(self) -> bool:
        return self.router.url.path.rstrip("/") == CONTACT

    def _address(self, subscriber_number: str) -> str:
        code = str(self.router.url.query_parameters.get("type", ""))
        path = CONTACT if self._is_contact() else "/demandes/nouvelle"
        return address_of(path, type="" if self._is_contact() else code, abonne=subscriber_number)


def _draft(form_data: dict[str, Any]) -> Draft:
    sent = {name: value for name, value in form_data.items() if isinstance(value, str)}
    if sum(map(len, sent.values())) > LONGEST_SENT:
        raise Invalid
    return Draft(
        type_code=typed(form_data, "type"),
        subscriber_id=typed_number(form_data, "subscriber_id"),
        typed=sent,
        key=typed(form_data, "key"),
    )
