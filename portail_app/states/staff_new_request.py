"""Taking down a request for a subscriber who calls or comes: whom it is for, what it is about, its guided form."""

from typing import Any

import reflex as rx

from models import RequestChannel, RequestType, Subscriber
from portail_app.errors import Invalid
from portail_app.services import request_forms, request_types
from portail_app.services.served_subscribers import find_served, search_served
from portail_app.states.access import staff_event
from portail_app.states.answers import typed
from portail_app.states.looks import Look, looking
from portail_app.states.request_writing import WritesRequest
from portail_app.states.urls import LARGEST_ID, address_of, read_number, read_search
from portail_app.viewer import Viewer

PATH = "/agent/demandes/nouvelle"


class StaffNewRequestState(WritesRequest, rx.State):
    search: str = ""
    found: tuple[Subscriber, ...] = ()
    chosen: Subscriber | None = None
    types: tuple[RequestType, ...] = ()
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        await self._begin(viewer)
        self.is_loaded = True

    @staff_event
    async def look_for(self, form: dict[str, str]) -> Any:
        return rx.redirect(address_of(PATH, recherche=read_search(form.get("recherche", ""))))

    @staff_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            request = await self._open(viewer, form_data, _channel(typed(form_data, "channel")))
            return rx.redirect(f"/agent/demandes/{request.number}?saisie=oui")
        return self._focus_on_error()

    @staff_event
    async def clear(self, viewer: Viewer, code: str, subscriber_id: int, key: str) -> None:
        await self._clear(viewer, code, subscriber_id, key)

    @staff_event
    async def restore(self, viewer: Viewer, code: str, subscriber_id: int) -> None:
        await self._restore(viewer, code, subscriber_id)

    @staff_event
    async def read_pieces(self, viewer: Viewer) -> None:
        await self._show_waiting(viewer)

    @staff_event
    async def remove_piece(self, viewer: Viewer, piece_id: int) -> None:
        await self._take_back(viewer, piece_id)

    async def _read(self, viewer: Viewer) -> None:
        asked = self.router.url.query_parameters
        subscriber_id = read_number(str(asked.get("abonne", "")), at_most=LARGEST_ID)
        self.search = read_search(str(asked.get("recherche", "")))
        self.found, self.chosen, self.types, self.form, self.missing = (), None, (), None, ""
        async with looking(viewer) as look:
            if subscriber_id is None:
                await self._read_found(look, viewer)
            else:
                await self._read_form(look, viewer, subscriber_id, str(asked.get("type", "")))

    async def _read_found(self, look: Look, viewer: Viewer) -> None:
        found = await search_served(look.session, viewer, self.search)
        await look.at_list((one.id or 0 for one in found), "Recherche d’un abonné")
        self.found = found

    async def _read_form(self, look: Look, viewer: Viewer, subscriber_id: int, code: str) -> None:
        chosen = await find_served(look.session, viewer, subscriber_id)
        await look.at((subscriber_id,), "Coordonnées, pour saisir une demande")
        types = await request_types.list_offered(look.session, chosen)
        form = (
            await request_forms.read_form(look.session, viewer, chosen, code)
            if code in {one.code for one in types}
            else None
        )
        self.chosen, self.types, self.form = chosen, tuple(types), form


def _channel(chosen: str) -> RequestChannel:
    """Any but the portal, from which only subscribers send."""
    if chosen not in set(RequestChannel) - {RequestChannel.PORTAL}:
        raise Invalid("Dites comment la demande vous est parvenue.", field="channel")
    return RequestChannel(chosen)
