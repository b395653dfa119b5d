"""The answer to a change of personal data: one message for all its fields, once each is decided."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import ProposedChange, Request, RequestStatus
from portail_app.services.owned_fields import ACCOUNT
from portail_app.services.request_threads import answer_request
from portail_app.services.request_turns import Turn
from portail_app.services.requests import list_changes
from portail_app.viewer import Viewer


async def answer_if_all_decided(session: AsyncSession, viewer: Viewer, request: Request, now: datetime) -> None:
    changes = await list_changes(session, request)
    if not all(change.is_decided for change in changes):
        return
    is_resolved = any(change.accepted_at for change in changes)
    status = RequestStatus.RESOLVED if is_resolved else RequestStatus.REFUSED
    turn = Turn("\n".join(map(_told, changes)), f"changes-{request.id}", status)
    await answer_request(session, viewer, request.number, turn, now)


def _told(change: ProposedChange) -> str:
    if change.accepted_at and change.field == ACCOUNT:
        return f"{change.label} : c’est fait. Vos factures et vos règlements sont conservés dix ans, selon la loi."
    if change.accepted_at:
        return f"{change.label} : « {change.proposed} » est enregistré."
    return f"{change.label} : refusé. {change.refusal_reason}"
