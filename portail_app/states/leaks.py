"""The leaks that staff follow: one tab at a time, with a search."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.services.leaks.alerts import PlacedAlert
from portail_app.services.leaks.desk import LeakTab, list_leaks
from portail_app.states.access import staff_event
from portail_app.states.clock import today
from portail_app.states.looks import Look, looking
from portail_app.states.urls import ListUrl, read_choice, read_search
from portail_app.viewer import Viewer

PATH = "/agent/fuites"


class LeaksState(rx.State):
    leaks: tuple[PlacedAlert, ...] = ()
    counts: dict[str, int] = {}
    links: dict[str, str] = {}
    tab: str = LeakTab.TO_DECIDE.value
    search: str = ""
    today: str = ""
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        asked = self.router.url.query_parameters
        tab = read_choice(LeakTab, asked.get("onglet", ""), LeakTab.TO_DECIDE)
        search = read_search(asked.get("recherche", ""))
        async with looking(viewer) as look:
            page = await list_leaks(look.session, viewer, tab, search=search)
            await _look_at_one(look, page.rows if search else ())
        self.leaks, self.counts, self.links = page.rows, page.counts, _links(search)
        self.tab, self.search, self.today, self.is_loaded = tab.value, search, today().isoformat(), True

    @staff_event
    async def look_for(self, form_data: dict[str, str]) -> EventSpec:
        search = read_search(form_data.get("recherche", ""))
        return rx.redirect(str(ListUrl(PATH, tab=self.tab, search=search)))


async def _look_at_one(look: Look, found: tuple[PlacedAlert, ...]) -> None:
    """A search that leaves one contract is a look at who lives there."""
    await look.at_list((), "Fuites")
    if len({placed.contract for placed in found}) == 1:
        alert = found[0].alert
        subject = f"Fuites, contrat {found[0].contract}"
        await look.at_contract(alert.contract_id, subject, alert.period_start, alert.period_end)


def _links(search: str) -> dict[str, str]:
    return {tab.value: str(ListUrl(PATH, tab=tab.value, search=search)) for tab in LeakTab}
