"""A contract's page hears what the service decides of the readings that were sent for it."""

from collections.abc import AsyncIterator
from typing import Any

from models import SentReading, SentReadingState
from portail_app.services.sent_readings import list_sent
from portail_app.states.access import Access
from portail_app.states.answers import Answers
from portail_app.states.contract import ContractState
from portail_app.states.contract_costs import ContractCostsState
from portail_app.states.live_rows import live_readings
from portail_app.states.one_contract import OfContract, open_contract
from portail_app.viewer import Viewer

Sent = tuple[SentReading, ...]
ASK_AGAIN = ContractCostsState.load
"""What a campaign asks for is no longer asked once a reading is sent."""
DECIDED = {
    SentReadingState.ACCEPTED: "Le service a validé votre relève.",
    SentReadingState.REFUSED: "Le service n’a pas retenu votre relève : lisez pourquoi, puis transmettez-en une autre.",
    SentReadingState.WITHDRAWN: "Votre relève est retirée.",
}


class FollowsReadings(Answers, OfContract, mixin=True):
    sent: Sent = ()
    done: str = ""

    async def _follow(self, viewer: Viewer) -> AsyncIterator[Any]:
        """In a watch, until the tab shows another contract or is closed. A reading that was validated is in the graph
        at once, too: the events that load it again."""
        number = self._number()
        async with open_contract(viewer, number) as (_, tenure):
            subject = f"contract {tenure.contract.id}"
        changed = live_readings.read_again(self, [subject], Access.SUBSCRIBER, lambda who: read_sent(who, number))
        async for found in changed:
            async with self:
                if self._number() != number:
                    return
                news = self._hear(found)
            if news is SentReadingState.ACCEPTED:
                yield [ContractState.load, ContractCostsState.load]

    def _hear(self, found: Sent) -> SentReadingState | None:
        """What became of the reading that waited when the page was last told, where something did."""
        waited = next((sent.id for sent in self.sent if sent.state is SentReadingState.WAITING), None)
        became = next((sent.state for sent in found if sent.id == waited), None)
        self.sent = found
        if became not in DECIDED:
            return None
        is_refused = became is SentReadingState.REFUSED
        self.done, self.error = ("", DECIDED[became]) if is_refused else (DECIDED[became], "")
        self.error_field = ""
        return became


async def read_sent(viewer: Viewer, number: str) -> Sent:
    async with open_contract(viewer, number) as (reader, tenure):
        return await list_sent(reader, viewer, tenure)
