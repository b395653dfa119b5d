"""The leaks of one contract: the file that is followed, and what its page was told by the last certificate."""

from datetime import date
from typing import Any

import reflex as rx

from portail_app.errors import NotFound
from portail_app.services.leaks.alerts import PlacedAlert
from portail_app.services.leaks.certificates import FIELDS, REFUSALS
from portail_app.states.access import subscriber_event, subscriber_watch
from portail_app.states.clock import today
from portail_app.states.live_leaks import FollowsLeaks, Leaks, read_leaks
from portail_app.states.urls import LARGEST_ID, read_number
from portail_app.viewer import Viewer

TYPED = ("lieu", "date", "entreprise")


class LeakState(FollowsLeaks, rx.State):
    """`words` are those of the page: what the last certificate answered, and what was typed in it."""

    number: str = ""
    alerts: tuple[PlacedAlert, ...] = ()
    words: dict[str, str] = {}
    missing: str = ""
    may_act: bool = True
    today: date | None = None

    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        asked = self.router.url.query_parameters
        wanted = read_number(asked.get("dossier", ""), at_most=LARGEST_ID)
        try:
            found = await read_leaks(viewer, self._number(), wanted)
        except NotFound as missing:
            self.number, self.file, self.alerts, self.missing = "", None, (), missing.sentence
            return None
        self._show(found)
        self.words, self.missing, self.news = _words(dict(asked)), "", ""
        return LeakState.watch

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> None:
        """A certificate sent elsewhere and what the service decides are shown as they come."""
        await self._follow(viewer)

    def _show(self, found: Leaks) -> None:
        self._hear(found.file)
        self.number, self.alerts = found.tenure.contract.number, found.placed
        self.may_act, self.today = found.tenure.may_act, today()


def _words(asked: dict[str, str]) -> dict[str, str]:
    """Sentences come from the portal's own list, by the word that the address has."""
    refused = asked.get("refus", "")
    wrong = REFUSALS.get(refused, "")
    return {
        "sent": "oui" if asked.get("envoi") == "fait" else "",
        "error": wrong,
        "field": FIELDS.get(refused, "file") if wrong else "",
        **{name: asked.get(name, "")[:200] for name in TYPED},
    }
