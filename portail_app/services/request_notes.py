"""Notes that staff keep in a request, and that no subscriber ever reads."""

from datetime import datetime

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, bindparam, false, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Request, RequestNote
from portail_app.errors import Forbidden, Invalid
from portail_app.services import audit
from portail_app.services.request_answers import check_text
from portail_app.services.request_drafts import close_draft, note_place, sent_key
from portail_app.services.request_threads import Line
from portail_app.services.requests import hold_request
from portail_app.viewer import Scope, Viewer

NOTES_READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Request.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: false(),
}
"""The one rule of who reads a note: no subscriber, not even of their own request."""


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


async def add_note(session: AsyncSession, viewer: Viewer, number: str, text: str, key: str, now: datetime) -> None:
    """For staff alone. The same note sent twice is written once; nobody is told by mail."""
    if not viewer.is_staff or viewer.account_id is None:
        raise Forbidden
    request = await hold_request(session, viewer, number)
    text = check_text(text, "note")
    if not text:
        raise Invalid("Écrivez votre note.", field="note")
    await close_draft(session, viewer, note_place(request.number), key, now)
    digest = sent_key(key, text)
    same = select(RequestNote.id).where(RequestNote.request_id == request.id, RequestNote.sent_key == digest)
    if (await session.exec(same)).first() is None:
        session.add(
            RequestNote(
                request_id=request.id or 0, account_id=viewer.account_id, text=text, written_at=now, sent_key=digest
            )
        )
        audit.record(session, viewer, "Demande : note interne", request.number, utility_id=request.utility_id)
    await session.flush()
