"""What to be warned of, day by day, for a contract with a telemetered meter."""

from typing import Any

import reflex as rx

from models import LeakWatch
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.services.leaks import watches
from portail_app.states.access import subscriber_event
from portail_app.states.answers import Answers, typed, typed_day
from portail_app.states.clock import now, today
from portail_app.states.urls import read_above
from portail_app.viewer import Viewer


class LeakWatchState(Answers, rx.State):
    """`is_offered` where a meter can warn each day."""

    watch: LeakWatch | None = None
    is_offered: bool = False
    done: str = ""

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        self.done, self.error, self.error_field = "", "", ""
        try:
            async with transaction(viewer) as session:
                tenure = await watches.find_watched(session, viewer, read_above(self.router.url.path), today())
                is_offered = await watches.is_telemetered(session, tenure.contract)
                watch = await watches.find_watch(session, tenure, today())
        except NotFound:
            self.watch, self.is_offered = None, False
            return
        self.watch, self.is_offered = watch, is_offered

    @subscriber_event
    async def keep(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self.done = ""
        with self._showing_refusals():
            draft = _draft(form_data)
            async with transaction(viewer) as session:
                kept = await watches.keep_watch(session, viewer, read_above(self.router.url.path), draft, now())
            self.watch, self.done = kept, "Vos alertes sont enregistrées."


def _draft(form_data: dict[str, Any]) -> watches.WatchDraft:
    return watches.WatchDraft(
        warns_of_flow=bool(form_data.get("warns_of_flow")),
        most_litres_a_day=_litres(typed(form_data, "most_litres_a_day").replace(" ", "")),
        away_from=typed_day(form_data, "away_from"),
        away_until=typed_day(form_data, "away_until"),
    )


def _litres(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise Invalid("Indiquez un nombre de litres par jour, de 1 à 100 000.", field="most_litres_a_day")
    return int(text)
