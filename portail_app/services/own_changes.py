"""What somebody has asked to change of what billing owns, and what became of each field of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Hold, ProposedChange, Request, RequestKind, RequestStatus
from portail_app.services.holds import list_held
from portail_app.services.requests import READABLE
from portail_app.viewer import Scope, Viewer

WAITING, ACCEPTED, REFUSED, WITHDRAWN = "en_attente", "acceptee", "refusee", "annulee"


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A field that one has asked to change, and what became of it."""

    subscriber_id: int
    request: str
    field: str
    label: str
    former: str
    proposed: str
    status: str
    reason: str
    asked_at: datetime


async def list_own(session: AsyncSession, viewer: Viewer) -> list[OwnChange]:
    """What the viewer asked to change of the subscribers that they are the holder of, the newest first."""
    held = [one.subscriber.id for one in await list_held(session, viewer) if one.hold is Hold.HOLDER]
    wanted = (
        select(ProposedChange, Request)
        .join(Request, col(Request.id) == ProposedChange.request_id)
        .where(READABLE[Scope.SUBSCRIBER], Request.kind == RequestKind.PERSONAL_DATA)
        .where(col(Request.subscriber_id).in_(held))
        .order_by(col(Request.opened_at).desc(), col(ProposedChange.id))
        .limit(50)
        .params(**viewer.bounds)
    )
    return [_own(change, request) for change, request in (await session.exec(wanted)).all()]


def _own(change: ProposedChange, request: Request) -> OwnChange:
    return OwnChange(
        subscriber_id=request.subscriber_id,
        request=request.number,
        field=change.field,
        label=change.label,
        former=change.former,
        proposed=change.proposed,
        status=status_of(change, request),
        reason=change.refusal_reason,
        asked_at=request.opened_at,
    )


def status_of(change: ProposedChange, request: Request) -> str:
    if change.accepted_at:
        return ACCEPTED
    if change.refused_at:
        return REFUSED
    if request.status is RequestStatus.WITHDRAWN:
        return WITHDRAWN
    return WAITING if request.is_open else REFUSED
