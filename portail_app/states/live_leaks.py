"""The page of a contract's leaks hears of one that is seen, of its certificate, and of what staff decide of it."""

from dataclasses import dataclass

from models import LeakState
from portail_app.database import transaction
from portail_app.services.contracts import Tenure, find_tenure_within
from portail_app.services.leaks.alerts import PlacedAlert, choose_alert, list_of_contract
from portail_app.services.leaks.files import LeakFile, open_file
from portail_app.states.access import Access
from portail_app.states.clock import today
from portail_app.states.live_requests import FollowsPage
from portail_app.states.live_rows import live_leaks
from portail_app.states.urls import read_above
from portail_app.viewer import Viewer

DECIDED = {
    LeakState.ACCEPTED: "Le service a accordé l’écrêtement.",
    LeakState.REFUSED: "Le service a refusé l’écrêtement : lisez pourquoi.",
    LeakState.CLOSED: "Le service a classé cette alerte : lisez pourquoi.",
}


@dataclass(frozen=True, slots=True)
class Leaks:
    """Those of a contract, and the file of the one that is looked at."""

    tenure: Tenure
    placed: tuple[PlacedAlert, ...]
    file: LeakFile | None


class FollowsLeaks(FollowsPage, mixin=True):
    """For the state that holds `file` and `news`: what became of it while it was looked at."""

    file: LeakFile | None = None
    news: str = ""

    async def _follow(self, viewer: Viewer) -> None:
        """In a watch: the file that is looked at stays so, decided or not."""
        number = self._number()

        async def read(who: Viewer, _: str = "") -> Leaks:
            return await read_leaks(who, number, self.file.alert.id if self.file else None)

        contract = (await read(viewer)).tenure.contract
        await self._follow_rows(live_leaks, [str(contract.id)], Access.SUBSCRIBER, read)

    def _asked(self) -> str:
        url = self.router.url
        return f"{url.path}?{url.query}"

    def _number(self) -> str:
        return read_above(self.router.url.path)

    def _hear(self, found: LeakFile | None) -> None:
        """It is news where the same file was not decided when the page was last told of it."""
        former, self.file = self.file, found
        if former and found and former.alert.id == found.alert.id and not former.alert.is_decided:
            self.news = DECIDED.get(found.alert.state, "")


async def read_leaks(viewer: Viewer, number: str, wanted: int | None) -> Leaks:
    """Raises NotFound for a contract that is not theirs to read."""
    async with transaction(viewer) as session:
        tenure = await find_tenure_within(session, viewer, number)
        placed = await list_of_contract(session, viewer, tenure.contract.number)
        chosen = choose_alert(placed, wanted)
        file = await open_file(session, chosen, today()) if chosen else None
    return Leaks(tenure, tuple(placed), file)
