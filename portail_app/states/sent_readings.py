"""Sending a reading of a contract: what is typed is looked at at once, a doubt is asked again, what waits may be
withdrawn, what staff decide appears by itself. What was typed is kept here, so that a page that comes back finds it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from models import SentReading, SentReadingState
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound, Unavailable
from portail_app.reading import reading
from portail_app.services import sent_readings
from portail_app.services.contracts import find_tenure
from portail_app.services.sent_readings import Doubtful, PhotoAnswer, SentDraft
from portail_app.settings import settings
from portail_app.states.access import readmit, subscriber_event, subscriber_watch
from portail_app.states.answers import Answers, typed
from portail_app.states.browser import ask_browser
from portail_app.states.clock import now, today
from portail_app.states.contract import ContractState
from portail_app.states.contract_costs import ContractCostsState
from portail_app.states.live_rows import live_readings
from portail_app.states.typed_readings import draft_of
from portail_app.states.urls import read_choice, read_last
from portail_app.viewer import Viewer

SENT = "Votre relève est transmise. Elle attend d’être validée par le service."
KEPT_READING = "Votre relève est bien transmise, mais pas la photo"
PHOTO_KEPT = "Votre relève est transmise avec sa photo. Elle attend d’être validée par le service."
PHOTO_REFUSED = {
    PhotoAnswer.TOO_LARGE: f"{KEPT_READING} : elle est trop lourde ({{most}} Mo au plus).",
    PhotoAnswer.NOT_AN_IMAGE: f"{KEPT_READING} : ce fichier n’est pas une image lisible (JPEG, HEIC, PNG ou WebP).",
    PhotoAnswer.TOO_MANY_PIXELS: f"{KEPT_READING} : elle a trop de pixels, envoyez une photo ordinaire.",
    PhotoAnswer.TOO_LATE: f"{KEPT_READING} : le service a déjà répondu.",
}
DECIDED = {
    SentReadingState.ACCEPTED: "Le service a validé votre relève.",
    SentReadingState.REFUSED: "Le service n’a pas retenu votre relève : lisez pourquoi, puis transmettez-en une autre.",
    SentReadingState.WITHDRAWN: "Votre relève est retirée.",
}
FIELDS = ("index", "read_on")
EMPTY = {"number": "", "index": "", "read_on": ""}


class SentReadingsState(Answers, rx.State):
    sent: tuple[SentReading, ...] = ()
    draft: dict[str, str] = EMPTY
    doubt: str = ""
    done: str = ""
    times_done: int = 0

    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        """Also says what became of a photo, which comes back from an HTTP route."""
        self.done, self.error, self.error_field = "", "", ""
        if self.draft["number"] != self._number():
            self.draft, self.doubt = {**EMPTY, "number": self._number()}, ""
        try:
            self.sent = await _read(viewer, self._number())
        except NotFound:
            self.sent = ()
            return None
        photo = self.router.url.query_parameters.get("photo", "")
        self.done = PHOTO_KEPT if photo == PhotoAnswer.KEPT else ""
        refused = read_choice(PhotoAnswer, photo, PhotoAnswer.KEPT)
        self.error = PHOTO_REFUSED.get(refused, "").format(most=settings().photo_megabytes)
        return SentReadingsState.watch

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> AsyncIterator[Any]:
        """What the service decides is shown as it comes; a reading that it validated is in the graph at once, too."""
        number = self._number()
        async with reading(viewer) as reader:
            contract = (await find_tenure(reader, viewer, number)).contract
        async for _ in live_readings.changes(self.router.session.session_id, [f"contract {contract.id}"]):
            with suppress(Unavailable):
                found = await _read(await readmit(self), number)
                async with self:
                    if self._number() != number:
                        return
                    news = self._hear(found)
                if news is SentReadingState.ACCEPTED:
                    yield [ContractState.load, ContractCostsState.load]

    @subscriber_event
    async def check(self, viewer: Viewer, name: str, value: str) -> None:
        """While it is typed: nothing is said of what is not whole yet."""
        if name not in FIELDS or len(value) > 40:
            raise Invalid
        self.draft = {**self.draft, name: value}
        self.doubt = self.done = ""
        with self._showing_refusals():
            draft = draft_of(self.draft, today(), is_whole=False)
            if draft is not None:
                async with reading(viewer) as reader:
                    verdict = await sent_readings.check_reading(reader, viewer, self._number(), draft, today())
                self.doubt = verdict.doubt

    @subscriber_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> EventSpec | None:
        self.done = ""
        with self._showing_refusals():
            shown = self.doubt if form_data.get("confirmed") else ""
            draft = self._draft(form_data, shown)
            try:
                async with transaction(viewer) as session:
                    sent = await sent_readings.send_reading(session, viewer, self._number(), draft, now(), today())
            except Doubtful as doubtful:
                self.doubt = doubtful.sentence
                raise Doubtful("Vérifiez l’index, ou confirmez-le.", field="confirmed") from None
            self.sent = await _read(viewer, self._number())
            self.draft, self.doubt = {**EMPTY, "number": self._number()}, ""
            self.done, self.times_done = SENT, self.times_done + 1
            return ask_browser("sendFile", "photo-form", f"/releves/{sent.id}/photo")
        return self._focus_on_error()

    @subscriber_event
    async def withdraw(self, viewer: Viewer, sent_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await sent_readings.withdraw_reading(session, viewer, sent_id, now())
            self.done = "Votre relève est retirée."
        self.sent = await _read(viewer, self._number())

    def _hear(self, found: tuple[SentReading, ...]) -> SentReadingState | None:
        """What became of the reading that waited when the page was last told, where something did."""
        waited = next((sent.id for sent in self.sent if sent.state is SentReadingState.WAITING), None)
        became = next((sent.state for sent in found if sent.id == waited), None)
        self.sent = found
        if became not in DECIDED:
            return None
        self.done, self.error, self.error_field = DECIDED[became], "", ""
        return became

    def _draft(self, form_data: dict[str, Any], confirmed: str) -> SentDraft:
        said = {name: typed(form_data, name) for name in (*FIELDS, "comment")}
        draft = draft_of(said, today(), confirmed=confirmed)
        assert draft is not None
        return draft

    def _number(self) -> str:
        return read_last(self.router.url.path)


async def _read(viewer: Viewer, number: str) -> tuple[SentReading, ...]:
    async with reading(viewer) as reader:
        tenure = await find_tenure(reader, viewer, number)
        return await sent_readings.list_sent(reader, viewer, tenure)
