"""The thread of a request: what each side wrote, and what each may write next."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import CLOSED, Account, Request, RequestMessage, RequestStatus, RequestType
from portail_app.errors import Forbidden, Invalid
from portail_app.services.permissions import may_act, require_acting
from portail_app.services.request_attachments import Piece, list_pieces
from portail_app.services.request_turns import Turn, is_sent, says_something, write_turn
from portail_app.services.requests import find_request, hold_request
from portail_app.viewer import Viewer

STAFF_MAY_SET = (RequestStatus.IN_PROGRESS, RequestStatus.WAITING, RequestStatus.RESOLVED, RequestStatus.REFUSED)


@dataclass(frozen=True, slots=True)
class Line:
    """One turn, as a page shows it. `is_note` for what only staff are ever shown."""

    key: str
    who: str
    is_staff: bool
    is_note: bool
    text: str
    status: str
    at: datetime
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """`last_message_id` says how far whoever reads it has read; 0 where nobody has written yet. `acknowledgement` is
    what is told once the request is sent; `may_write` whether the viewer acts for its subscriber."""

    request: Request
    lines: tuple[Line, ...]
    last_message_id: int
    acknowledgement: str
    pieces: tuple[Piece, ...]
    may_write: bool = False


async def read_thread(session: AsyncSession, viewer: Viewer, number: str) -> Thread:
    """What both sides read, in the order in which it was written."""
    request = await find_request(session, viewer, number)
    thread = await thread_of(session, request)
    return replace(thread, may_write=may_act(viewer, request.subscriber_id))


async def thread_of(session: AsyncSession, request: Request) -> Thread:
    """Of a request that the viewer was allowed to find."""
    written = (
        select(RequestMessage, Account.name)
        .join(Account, col(Account.id) == col(RequestMessage.account_id))
        .where(RequestMessage.request_id == request.id)
        .order_by(col(RequestMessage.id))
    )
    found = (await session.exec(written)).all()
    last = found[-1][0].id or 0 if found else 0
    asked = await session.get_one(RequestType, request.type_id)
    pieces = await list_pieces(session, request)
    lines = tuple(_line(message, name, pieces) for message, name in found)
    return Thread(request, lines, last, asked.acknowledgement, _of_message(pieces, 0))


async def answer_request(session: AsyncSession, viewer: Viewer, number: str, turn: Turn, now: datetime) -> None:
    """Staff answer, change the status, or both. Raises Overtaken where somebody wrote since `turn.seen`: nothing is
    sent, and what was typed stays with who typed it."""
    if not viewer.is_staff:
        raise Forbidden
    request = await hold_request(session, viewer, number)
    if await is_sent(session, viewer, request, turn, now):
        return
    if turn.status is not None and turn.status not in STAFF_MAY_SET:
        raise Invalid(field="status")
    changes = turn.status is not None and turn.status != request.status
    if not changes and not await says_something(session, viewer, number, turn):
        raise Invalid("Écrivez votre réponse, ou changez l’état de la demande.", field="text")
    becomes = turn.status or (RequestStatus.IN_PROGRESS if request.status is RequestStatus.NEW else None)
    await write_turn(session, viewer, request, replace(turn, status=becomes), now)


def read_status(chosen: str) -> RequestStatus | None:
    """What a form says that it becomes, None where it says nothing. Raises Invalid for what is no status."""
    try:
        return RequestStatus(chosen) if chosen else None
    except ValueError as wrong:
        raise Invalid(field="status") from wrong


async def write_to_service(session: AsyncSession, viewer: Viewer, number: str, turn: Turn, now: datetime) -> None:
    """The subscriber's own turn: what waited for them, or was closed, is under way again."""
    request = await hold_request(session, viewer, number)
    require_acting(viewer, request.subscriber_id)
    if await is_sent(session, viewer, request, turn, now):
        return
    if not await says_something(session, viewer, number, turn):
        raise Invalid("Écrivez votre message.", field="text")
    resumes = request.status is RequestStatus.WAITING or request.status in CLOSED
    status = RequestStatus.IN_PROGRESS if resumes else None
    await write_turn(session, viewer, request, replace(turn, status=status, seen=None), now)


async def withdraw_request(session: AsyncSession, viewer: Viewer, number: str, now: datetime) -> None:
    """The subscriber needs it no more. Withdrawing what is closed changes nothing."""
    request = await hold_request(session, viewer, number)
    require_acting(viewer, request.subscriber_id)
    if request.is_open:
        turn = Turn("", f"annulation-{request.changed_at.isoformat()}", RequestStatus.WITHDRAWN)
        await write_turn(session, viewer, request, turn, now)


def _of_message(pieces: list[Piece], message_id: int | None) -> tuple[Piece, ...]:
    """0 is the request itself."""
    return tuple(piece for piece in pieces if piece.message_id == message_id)


def _line(message: RequestMessage, name: str, pieces: list[Piece]) -> Line:
    return Line(
        key=f"m{message.id}",
        who=name or ("Le service" if message.is_staff else "L’abonné"),
        is_staff=message.is_staff,
        is_note=False,
        text=message.text,
        status=message.status or "",
        at=message.sent_at,
        pieces=_of_message(pieces, message.id),
    )
