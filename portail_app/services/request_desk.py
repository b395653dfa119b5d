"""A request on the staff's desk: the thread with their own notes in it, who handles it, until when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Request, StaffRole, Subscriber
from portail_app.errors import Forbidden, NotFound
from portail_app.services import audit, request_mails
from portail_app.services.request_attachments import Piece
from portail_app.services.request_notes import list_notes
from portail_app.services.request_threads import Line, thread_of
from portail_app.services.requests import find_request, hold_request
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Colleague:
    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class DeskThread:
    """`is_told` is False where no account of the subscriber's is there to be answered."""

    request: Request
    lines: tuple[Line, ...]
    last_message_id: int
    pieces: tuple[Piece, ...]
    subscriber: Subscriber
    colleagues: tuple[Colleague, ...]
    is_told: bool


async def read_desk_thread(session: AsyncSession, viewer: Viewer, number: str) -> DeskThread:
    if not viewer.is_staff:
        raise Forbidden
    request = await find_request(session, viewer, number)
    thread = await thread_of(session, request)
    notes = await list_notes(session, viewer, request)
    lines = sorted((*thread.lines, *notes), key=lambda line: line.at)
    return DeskThread(
        request,
        tuple(lines),
        thread.last_message_id,
        thread.pieces,
        await session.get_one(Subscriber, request.subscriber_id),
        await list_colleagues(session, request.utility_id),
        bool(await request_mails.list_askers(session, request)),
    )


async def list_colleagues(session: AsyncSession, utility_id: int) -> tuple[Colleague, ...]:
    """Who works for the utility, by name."""
    working = (
        select(Account.id, Account.name, Account.email)
        .join(StaffRole, col(StaffRole.account_id) == col(Account.id))
        .where(StaffRole.utility_id == utility_id)
        .order_by(col(Account.name), col(Account.email))
    )
    return tuple(Colleague(key or 0, name or email) for key, name, email in (await session.exec(working)).all())


async def assign_request(
    session: AsyncSession, viewer: Viewer, number: str, account_id: int | None, due_on: date, now: datetime
) -> None:
    """Who handles it (nobody where None) and until when. What changes nothing tells nobody."""
    if not viewer.is_staff:
        raise Forbidden
    request = await hold_request(session, viewer, number)
    former = {"agent": await _name(session, request.assignee_id), "échéance": request.due_on.isoformat()}
    is_given = account_id is not None and account_id != request.assignee_id
    if is_given and account_id not in {one.account_id for one in await list_colleagues(session, request.utility_id)}:
        raise NotFound("Agent")
    if (account_id, due_on) == (request.assignee_id, request.due_on):
        return
    request.assignee_id, request.due_on, request.changed_at = account_id, due_on, now
    later = {"agent": await _name(session, account_id), "échéance": due_on.isoformat()}
    details = {"avant": _said(former), "après": _said(later)}
    audit.record(session, viewer, "Demande confiée", request.number, utility_id=request.utility_id, details=details)
    await session.flush()
    if is_given and account_id != viewer.account_id:
        await request_mails.tell_assigned(session, request)


def _said(values: dict[str, str]) -> str:
    return ", ".join(value for value in values.values() if value)


async def _name(session: AsyncSession, account_id: int | None) -> str:
    account = await session.get(Account, account_id) if account_id else None
    return (account.name or account.email) if account else ""
