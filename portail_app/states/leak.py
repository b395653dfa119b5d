"""The leaks of one contract: the file that is followed, and what its page was told by the last certificate."""

from datetime import date

import reflex as rx

from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.contracts import find_tenure_within
from portail_app.services.leaks.alerts import PlacedAlert, choose_alert, list_of_contract
from portail_app.services.leaks.certificates import FIELDS, REFUSALS
from portail_app.services.leaks.files import LeakFile, open_file
from portail_app.states.access import subscriber_event
from portail_app.states.clock import today
from portail_app.states.urls import LARGEST_ID, read_above, read_number
from portail_app.viewer import Viewer

TYPED = ("lieu", "date", "entreprise")


class LeakState(rx.State):
    """`words` are those of the page: what the last certificate answered, and what was typed in it."""

    number: str = ""
    file: LeakFile | None = None
    alerts: tuple[PlacedAlert, ...] = ()
    words: dict[str, str] = {}
    missing: str = ""
    may_act: bool = True
    today: date | None = None

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        asked = self.router.url.query_parameters
        wanted = read_number(asked.get("dossier", ""), at_most=LARGEST_ID)
        try:
            async with transaction(viewer) as session:
                tenure = await find_tenure_within(session, viewer, read_above(self.router.url.path))
                placed = await list_of_contract(session, viewer, tenure.contract.number)
                chosen = choose_alert(placed, wanted)
                file = await open_file(session, chosen, today()) if chosen else None
        except NotFound as missing:
            self.number, self.file, self.alerts, self.missing = "", None, (), missing.sentence
            return
        self.number, self.file, self.alerts = tenure.contract.number, file, tuple(placed)
        self.words, self.missing, self.today, self.may_act = _words(dict(asked)), "", today(), tenure.may_act


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
