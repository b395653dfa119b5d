"""The changes of personal data that a request asks for, as staff look at them before they decide."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from models import ProposedChange, Request, StaffRank, Subscriber
from portail_app.services.own_changes import ACCEPTED, WAITING, status_of
from portail_app.services.owned_fields import current_value
from portail_app.services.permissions import require_rank
from portail_app.services.requests import find_request, list_changes
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Review:
    """One field for staff: what was, what is now (billing may have changed it since), what is asked for."""

    id: int
    label: str
    former: str
    current: str
    proposed: str
    status: str
    reason: str


async def review_request(session: AsyncSession, viewer: Viewer, number: str) -> tuple[Request, list[Review]]:
    """The request, and what it asks to change. Raises NotFound."""
    request = await find_request(session, viewer, number)
    return request, await list_reviews(session, viewer, request)


async def list_reviews(session: AsyncSession, viewer: Viewer, request: Request) -> list[Review]:
    """Of a request that the viewer was allowed to find; nothing for one that changes no data."""
    require_rank(viewer, request.utility_id, StaffRank.AGENT)
    changes = await list_changes(session, request)
    subscriber = await session.get_one(Subscriber, request.subscriber_id)
    return [_review(change, request, subscriber) for change in changes]


def _review(change: ProposedChange, request: Request, subscriber: Subscriber) -> Review:
    status = status_of(change, request)
    return Review(
        id=change.id or 0,
        label=change.label,
        former=change.former,
        current=current_value(subscriber, change) if status in (WAITING, ACCEPTED) else change.former,
        proposed=change.proposed,
        status=status,
        reason=change.refusal_reason,
    )
