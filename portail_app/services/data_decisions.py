"""Staff accept or refuse what a subscriber asks to change, field by field; the last answer closes the request."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import ProposedChange, Request, StaffRank, Subscriber
from portail_app.errors import Invalid, NotFound
from portail_app.services import audit
from portail_app.services.closing import close_account
from portail_app.services.data_answers import answer_if_all_decided
from portail_app.services.owned_fields import ACCOUNT, OWNED, current_value
from portail_app.services.permissions import require_rank
from portail_app.services.requests import hold_request, list_changes
from portail_app.viewer import Viewer

LONGEST_REASON = 300
DECIDED = "Cette modification a déjà reçu une réponse."
CLOSED = "La demande est close : il n’y a plus rien à décider."
MOVED = "La valeur actuelle a changé entre-temps : relisez-la avant de décider."


@dataclass(frozen=True, slots=True)
class Decision:
    """`seen` is the current value that was on the agent's screen."""

    change_id: int
    is_accepted: bool
    seen: str
    reason: str = ""


async def decide_change(session: AsyncSession, viewer: Viewer, number: str, decision: Decision, now: datetime) -> None:
    """Raises Invalid where somebody decided first, the value moved, or a refusal says no reason: nothing changes."""
    request = await hold_request(session, viewer, number)
    account_id = require_rank(viewer, request.utility_id, StaffRank.AGENT)
    change = await _find_open(session, request, decision.change_id)
    if decision.is_accepted:
        await _apply(session, request, change, decision.seen)
        change.accepted_at = now
    else:
        change.refusal_reason = _reason(decision.reason)
        change.refused_at = now
    change.decided_by = account_id
    session.add(change)
    _note(session, viewer, request, change)
    await session.flush()
    await answer_if_all_decided(session, viewer, request, now)
    if change.field == ACCOUNT and change.accepted_at:
        await close_account(session, viewer, request, now)  # once the answer is on its way


async def _find_open(session: AsyncSession, request: Request, change_id: int) -> ProposedChange:
    change = next((one for one in await list_changes(session, request) if one.id == change_id), None)
    if change is None:
        raise NotFound("Modification")
    if change.is_decided:
        raise Invalid(DECIDED)
    if not request.is_open:
        raise Invalid(CLOSED)
    return change


async def _apply(session: AsyncSession, request: Request, change: ProposedChange, seen: str) -> None:
    if change.field == ACCOUNT:
        return
    if change.field not in {field.name for field in OWNED}:
        raise NotFound("Modification")
    subscriber = await session.get_one(
        Subscriber, request.subscriber_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if current_value(subscriber, change) != seen:
        raise Invalid(MOVED)
    setattr(subscriber, change.field, change.proposed)
    session.add(subscriber)


def _reason(typed: str) -> str:
    reason = typed.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(f"Dites pourquoi, en {LONGEST_REASON} caractères au plus : l’abonné le lira.", field="reason")
    return reason


def _note(session: AsyncSession, viewer: Viewer, request: Request, change: ProposedChange) -> None:
    audit.record(
        session,
        viewer,
        "Donnée personnelle acceptée" if change.accepted_at else "Donnée personnelle refusée",
        f"{request.number} : {change.label}",
        utility_id=request.utility_id,
        details={"avant": change.former, "demandé": change.proposed, "motif": change.refusal_reason},
    )
