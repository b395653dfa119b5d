"""A request on the staff's desk: the thread with their own notes in it, who handles it, until when."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, bindparam, false, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Request, RequestNote, StaffRole, Subscriber
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit, request_mails
from portail_app.services.request_answers import check_text
from portail_app.services.request_attachments import Piece
from portail_app.services.request_drafts import close_draft, note_place
from portail_app.services.request_threads import Line, thread_of
from portail_app.services.requests import find_request, hold_request
from portail_app.viewer import Scope, Viewer

NOTES_READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Request.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: false(),
}
"""The one rule of who reads a note: no subscriber, not even of their own request."""


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


async def list_notes(session: AsyncSession, viewer: Viewer, request: Request) -> list[Line]:
    written = (
        select(RequestNote, Account.name)
        .join(Request, col(Request.id) == col(RequestNote.request_id))
        .join(Account, col(Account.id) == col(RequestNote.account_id))
        .where(NOTES_READABLE[viewer.scope], RequestNote.request_id == request.id)
        .order_by(col(RequestNote.id))
        .params(**viewer.bounds)
    )
    return [
        Line(f"n{note.id}", name or "Un agent", True, True, note.text, "", note.written_at)
        for note, name in (await session.exec(written)).all()
    ]


async def list_colleagues(session: AsyncSession, utility_id: int) -> tuple[Colleague, ...]:
    """Who works for the utility, by name."""
    working = (
        select(Account.id, Account.name, Account.email)
        .join(StaffRole, col(StaffRole.account_id) == col(Account.id))
        .where(StaffRole.utility_id == utility_id)
        .order_by(col(Account.name), col(Account.email))
    )
    return tuple(Colleague(key or 0, name or email) for key, name, email in (await session.exec(working)).all())


async def add_note(session: AsyncSession, viewer: Viewer, number: str, text: str, key: str, now: datetime) -> None:
    """For staff alone. The same note sent twice is written once; nobody is told by mail."""
    if not viewer.is_staff or viewer.account_id is None:
        raise Forbidden
    request = await hold_request(session, viewer, number)
    text = check_text(text, "note")
    if not text:
        raise Invalid("Écrivez votre note.", field="note")
    await close_draft(session, viewer, note_place(request.number), key, now)
    digest = sha256(f"{key}\0{text}".encode()).hexdigest()
    same = select(RequestNote.id).where(RequestNote.request_id == request.id, RequestNote.sent_key == digest)
    if (await session.exec(same)).first() is None:
        session.add(
            RequestNote(
                request_id=request.id or 0, account_id=viewer.account_id, text=text, written_at=now, sent_key=digest
            )
        )
        audit.record(session, viewer, "Demande : note interne", request.number, utility_id=request.utility_id)
    await session.flush()


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
