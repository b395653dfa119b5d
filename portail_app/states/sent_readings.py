"""Sending a reading of a contract: what is typed is looked at at once, a doubt is asked again, what waits may be
withdrawn, what staff decide appears by itself. What was typed is kept here, so that a page that comes back finds it."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.reading import reading
from portail_app.services import reading_checks, reading_sending, sent_readings
from portail_app.states.access import subscriber_event, subscriber_watch
from portail_app.states.clock import now, today
from portail_app.states.live_readings import ASK_AGAIN, FollowsReadings, read_sent
from portail_app.states.photos import answer_of, ask_for_photo
from portail_app.states.typed_readings import FIELDS, draft_of, sent_draft
from portail_app.viewer import Viewer

SENT = "Votre relève est transmise. Elle attend d’être validée par le service."
EMPTY = {"number": "", "index": "", "read_on": ""}


class SentReadingsState(FollowsReadings, rx.State):
    draft: dict[str, str] = EMPTY
    doubt: str = ""
    times_done: int = 0

    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        """Also says what became of a photo, which comes back from an HTTP route."""
        self.done, self.error, self.error_field = "", "", ""
        if self.draft["number"] != self._number():
            self.draft, self.doubt = {**EMPTY, "number": self._number()}, ""
        try:
            self.sent = await read_sent(viewer, self._number())
        except NotFound:
            self.sent = ()
            return None
        self.done, self.error = answer_of(self.router.url.query_parameters.get("photo", ""))
        return SentReadingsState.watch

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> Any:
        async for loading in self._follow(viewer):
            yield loading

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
                    verdict = await reading_checks.check_reading(reader, viewer, self._number(), draft, today())
                self.doubt = verdict.doubt

    @subscriber_event
    async def send(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        self.done = ""
        with self._showing_refusals():
            draft = sent_draft(form_data, today(), confirmed=self.doubt if form_data.get("confirmed") else "")
            try:
                async with transaction(viewer) as session:
                    sent = await reading_sending.send_reading(session, viewer, self._number(), draft, now(), today())
            except reading_sending.Doubtful as doubtful:
                self.doubt = doubtful.sentence
                raise Invalid("Vérifiez l’index, ou confirmez-le.", field="confirmed") from None
            self.sent = await read_sent(viewer, self._number())
            self.draft, self.doubt = {**EMPTY, "number": self._number()}, ""
            self.done, self.times_done = SENT, self.times_done + 1
            return [ask_for_photo(sent.id), ASK_AGAIN]
        return self._focus_on_error()

    @subscriber_event
    async def withdraw(self, viewer: Viewer, sent_id: int) -> Any:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await sent_readings.withdraw_reading(session, viewer, sent_id, now())
            self.done = "Votre relève est retirée."
        self.sent = await read_sent(viewer, self._number())
        return ASK_AGAIN
