"""The one place that staff pass through to read what is one subscriber's: that they looked is written with it.

It is written in the transaction that reads: what cannot be written down is not shown. Subscribers pass too, and leave
nothing. `tests/security/test_staff_looks.py` walks over every page and route of one thing.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from models import SentReading
from portail_app.database import transaction
from portail_app.formats import day
from portail_app.services import accesses, contract_people, sent_readings
from portail_app.services.leaks.alerts import find_placed
from portail_app.states.clock import now
from portail_app.viewer import Viewer


class Look:
    """What is read, and of whom: said once at least before the end."""

    def __init__(self, session: AsyncSession, viewer: Viewer) -> None:
        self.session = session
        self.is_said = not viewer.is_staff
        self._viewer = viewer

    async def at(self, subscriber_ids: Iterable[int], subject: str) -> None:
        """`subject` is what was looked at, in words: « Facture 2017-020-002059 »."""
        self.is_said = True
        for subscriber_id in subscriber_ids:
            await accesses.record_staff_look(self.session, self._viewer, subscriber_id, subject, now())

    async def at_contract(self, contract_id: int, subject: str, first: date | None, last: date | None) -> None:
        """Of those who pay it or live there during that time."""
        if not self._viewer.is_staff:
            return
        await self.at(await contract_people.list_followers(self.session, contract_id, first, last), subject)

    async def at_list(self, subscriber_ids: Iterable[int], subject: str) -> None:
        """A list whose search leaves one subscriber only is a look at them; one of several is not."""
        found = set(subscriber_ids)
        await self.at(found if len(found) == 1 else (), subject)


async def look_at_leak(look: Look, viewer: Viewer, alert_id: int) -> None:
    placed = await find_placed(look.session, viewer, alert_id)
    alert = placed.alert
    await look.at_contract(
        alert.contract_id, f"Dossier de fuite, contrat {placed.contract}", alert.period_start, alert.period_end
    )


async def look_at_reading(look: Look, sent: SentReading, what: str = "Relève") -> None:
    """`what` is the reading, or something of it: « Photo de la relève »."""
    await look.at_contract(sent.contract_id, f"{what} du {day(sent.read_on)}", sent.read_on, sent.read_on)


@asynccontextmanager
async def looking(viewer: Viewer) -> AsyncIterator[Look]:
    """As `transaction(viewer)`. That staff end it without saying whom they looked at is a bug, told at once."""
    async with transaction(viewer) as session:
        look = Look(session, viewer)
        yield look
        if not look.is_said:
            raise RuntimeError("Staff read something without saying whose it is.")


@asynccontextmanager
async def judging(viewer: Viewer, sent_id: int) -> AsyncIterator[AsyncSession]:
    """A transaction in which staff decide of a reading, at which they have looked."""
    async with looking(viewer) as look:
        await look_at_reading(look, await sent_readings.find_sent(look.session, viewer, sent_id))
        yield look.session
