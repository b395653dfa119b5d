"""Writing a request by a form, whoever writes it: kept while it is typed, cleared and had back, sent once."""

from dataclasses import replace
from typing import Any

from models import Request, RequestChannel
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.services import request_forms, request_opening
from portail_app.services.request_attachments import Piece
from portail_app.services.request_sendings import Draft
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.clock import now
from portail_app.states.pieces import HoldsPieces
from portail_app.viewer import Viewer

LONGEST_SENT = 250_000  # what a page can send at all; the service's own limits are told in words


class WritesRequest(Answers, HoldsPieces, mixin=True):
    """For the state of such a form: `_read` says which form its URL asks for, and `_open` sends it."""

    form: request_forms.RequestForm | None = None
    erased: dict[str, str] = {}
    missing: str = ""

    async def _begin(self, viewer: Viewer) -> None:
        self.error, self.error_field, self.erased = "", "", {}
        try:
            await self._read(viewer)
        except NotFound as missing:
            self.form, self.missing = None, missing.sentence

    async def _open(self, viewer: Viewer, form_data: dict[str, Any], channel: RequestChannel) -> Request:
        """The words stay in the page until the server has them."""
        draft = _draft(form_data, channel)
        async with transaction(viewer) as session:
            return await request_opening.open_request(session, viewer, draft, now())

    async def _clear(self, viewer: Viewer, code: str, subscriber_id: int, key: str) -> None:
        """« Effacer »: a fresh form; what was in the other can be had back."""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                erased = await request_forms.clear_form(session, viewer, code, subscriber_id, key, now())
            await self._read(viewer)
            self.erased = erased

    async def _restore(self, viewer: Viewer, code: str, subscriber_id: int) -> None:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await request_forms.restore_form(session, viewer, code, subscriber_id, self.erased, now())
            await self._read(viewer)
            self.erased = {}

    async def _read(self, viewer: Viewer) -> None:
        raise NotImplementedError

    def _place(self) -> str:
        return self.form.place if self.form else ""

    def _show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        if self.form:
            self.form = replace(self.form, pieces=pieces)


def _draft(form_data: dict[str, Any], channel: RequestChannel) -> Draft:
    sent = {name: value for name, value in form_data.items() if isinstance(value, str)}
    if sum(map(len, sent.values())) > LONGEST_SENT:
        raise Invalid
    return Draft(
        type_code=typed(form_data, "type"),
        subscriber_id=typed_number(form_data, "subscriber_id"),
        typed=sent,
        key=typed(form_data, "key"),
        channel=channel,
    )
