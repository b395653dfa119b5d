"""« Mes données personnelles »: what the portal and billing know of who looks, subscriber by subscriber."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Hold, Subscriber
from portail_app.services.holds import list_held
from portail_app.services.paper_choices import list_last
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One subscriber of the viewer's. `paper_chosen_at` is the date of the choice that holds, None where none was."""

    subscriber: Subscriber
    utility: str
    is_holder: bool
    wants_paper: bool = True
    paper_chosen_at: datetime | None = None


async def list_files(session: AsyncSession, viewer: Viewer) -> list[OwnFile]:
    """A delegate is shown the number and the name only: the rest is the holder's."""
    held = await list_held(session, viewer)
    paper = await list_last(session, [one.subscriber.id or 0 for one in held if one.hold is Hold.HOLDER])
    files = []
    for one in held:
        choice = paper.get(one.subscriber.id or 0)
        files.append(
            OwnFile(
                subscriber=one.subscriber if one.hold is Hold.HOLDER else _named(one.subscriber),
                utility=one.utility.name,
                is_holder=one.hold is Hold.HOLDER,
                wants_paper=choice is None or choice.wants_paper,
                paper_chosen_at=choice.chosen_at if choice else None,
            )
        )
    return files


def _named(subscriber: Subscriber) -> Subscriber:
    return Subscriber(
        id=subscriber.id, utility_id=subscriber.utility_id, number=subscriber.number, name=subscriber.name
    )
