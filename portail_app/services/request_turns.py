"""One turn of a request's thread: written once, over nobody's head, with its files, and told by mail."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CLOSED, Account, Request, RequestMessage, RequestStatus
from portail_app.errors import Forbidden, Overtaken
from portail_app.services import audit, request_mails
from portail_app.services.request_answers import check_text
from portail_app.services.request_attachments import list_waiting, send_waiting
from portail_app.services.request_drafts import close_draft, sent_key, thread_place
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody is about to send. `key` is made when the form is opened, so that sending twice is sending once;
    `seen` is the last message that they had read when they began, where it matters."""

    text: str
    key: str
    status: RequestStatus | None = None
    seen: int | None = None


async def write_turn(session: AsyncSession, viewer: Viewer, request: Request, turn: Turn, now: datetime) -> None:
    if viewer.account_id is None:
        raise Forbidden
    await _refuse_if_overtaken(session, request, turn)
    former = request.status
    becomes = turn.status if turn.status != former else None
    message = RequestMessage(
        request_id=request.id or 0,
        account_id=viewer.account_id,
        is_staff=viewer.is_staff,
        text=check_text(turn.text, "text"),
        status=becomes,
        sent_at=now,
        sent_key=sent_key(turn.key, turn.text),
    )
    session.add(message)
    _become(request, becomes or former, now)
    action = "Demande : état changé" if becomes else "Demande : message écrit"
    details = {"avant": former, "après": becomes} if becomes else {}
    audit.record(session, viewer, action, request.number, utility_id=request.utility_id, details=details)
    await session.flush()
    await send_waiting(session, viewer, thread_place(request.number), request, message.id)
    await close_draft(session, viewer, thread_place(request.number), turn.key, now)
    await request_mails.tell_message(session, request, message)


def _become(request: Request, status: RequestStatus, now: datetime) -> None:
    request.status, request.changed_at = status, now
    request.closed_at = (request.closed_at or now) if status in CLOSED else None


async def says_something(session: AsyncSession, viewer: Viewer, number: str, turn: Turn) -> bool:
    """Words, or files alone."""
    is_written = bool(check_text(turn.text, "text"))
    return is_written or bool(await list_waiting(session, viewer, thread_place(number)))


async def is_sent(session: AsyncSession, viewer: Viewer, request: Request, turn: Turn, now: datetime) -> bool:
    """The second press of a button, or what a page sends again after a lost connection."""
    same = select(RequestMessage.id).where(
        RequestMessage.request_id == request.id, RequestMessage.sent_key == sent_key(turn.key, turn.text)
    )
    is_known = (await session.exec(same)).first() is not None
    if is_known:
        await close_draft(session, viewer, thread_place(request.number), turn.key, now)
    return is_known


async def _refuse_if_overtaken(session: AsyncSession, request: Request, turn: Turn) -> None:
    if turn.seen is None:
        return
    newer = (
        select(Account.name)
        .join(RequestMessage, col(RequestMessage.account_id) == col(Account.id))
        .where(RequestMessage.request_id == request.id, col(RequestMessage.id) > turn.seen)
        .order_by(col(RequestMessage.id).desc())
    )
    who = (await session.exec(newer)).first()
    if who is not None:
        raise Overtaken(who)
