"""« Mes données personnelles »: what the portal and billing know of who looks, subscriber by subscriber."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Hold, PaperChoice, Subscriber
from portail_app.services.holds import Held, list_held
from portail_app.services.paper_choices import list_by_subscriber
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One subscriber of the viewer's. `choices` are the dated proofs, the newest first, and the first one holds."""

    subscriber: Subscriber
    utility: str
    is_holder: bool
    wants_paper: bool = True
    paper_chosen_at: datetime | None = None
    choices: tuple[PaperChoice, ...] = ()


async def list_files(session: AsyncSession, viewer: Viewer) -> list[OwnFile]:
    """A delegate is shown the number and the name only: the rest is the holder's."""
    held = await list_held(session, viewer)
    paper = await list_by_subscriber(session, [one.subscriber.id or 0 for one in held if one.hold is Hold.HOLDER])
    return [_file(one, paper.get(one.subscriber.id or 0, ())) for one in held]


def _file(one: Held, choices: tuple[PaperChoice, ...]) -> OwnFile:
    is_holder = one.hold is Hold.HOLDER
    return OwnFile(
        subscriber=one.subscriber if is_holder else _named(one.subscriber),
        utility=one.utility.name,
        is_holder=is_holder,
        wants_paper=not choices or choices[0].wants_paper,
        paper_chosen_at=choices[0].chosen_at if choices else None,
        choices=choices,
    )


def _named(subscriber: Subscriber) -> Subscriber:
    return Subscriber(
        id=subscriber.id, utility_id=subscriber.utility_id, number=subscriber.number, name=subscriber.name
    )
