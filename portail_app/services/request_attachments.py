"""Files sent with a request: they wait with the draft that they were added to, and leave with it; then both sides read
them, whoever reads the request and nobody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Request, RequestAttachment, StoredFile
from portail_app.errors import FileRefused, Forbidden, NotFound
from portail_app.services.attachment_owners import find_owner
from portail_app.services.files import Upload, record_file
from portail_app.services.requests import READABLE
from portail_app.viewer import Scope, Viewer

MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """« Pièce jointe », as a page shows it; `message_id` is 0 for what came with the request itself."""

    id: int
    name: str
    size_bytes: int
    message_id: int


async def attach_file(session: AsyncSession, viewer: Viewer, place: str, upload: Upload, now: datetime) -> Piece:
    """Raises FileRefused for one too many, or over the subscriber's quota."""
    if viewer.account_id is None:
        raise Forbidden
    owner = await find_owner(session, viewer, place)
    if len(await list_waiting(session, viewer, place)) >= MOST_AT_ONCE:
        raise FileRefused(f"{MOST_AT_ONCE} fichiers au plus à la fois : envoyez ceux-ci d’abord.")
    file = await record_file(session, viewer, upload, owner, now)
    attached = RequestAttachment(account_id=viewer.account_id, place=place, file_id=file.id or 0, attached_at=now)
    session.add(attached)
    await session.flush()
    return Piece(attached.id or 0, file.name, file.size_bytes, 0)


async def list_waiting(session: AsyncSession, viewer: Viewer, place: str) -> tuple[Piece, ...]:
    """Added to the viewer's own draft, and not sent."""
    waiting = _pieces().where(*_waiting_in(viewer, place))
    return tuple(Piece(*list(row)) for row in (await session.exec(waiting)).all())


async def remove_waiting(session: AsyncSession, viewer: Viewer, attachment_id: int) -> None:
    """Only before it is sent, and only one's own. The nightly sweep takes its content away."""
    own = select(RequestAttachment).where(
        RequestAttachment.id == attachment_id,
        RequestAttachment.account_id == viewer.account_id,
        col(RequestAttachment.request_id).is_(None),
    )
    found = (await session.exec(own)).one_or_none()
    if found is None:
        raise NotFound("Pièce jointe")
    await session.delete(found)
    await session.flush()
    await session.exec(delete(StoredFile).where(col(StoredFile.id) == found.file_id))


async def send_waiting(
    session: AsyncSession, viewer: Viewer, place: str, request: Request, message_id: int | None = None
) -> None:
    """They are the request's from now on, or its message's."""
    sent = update(RequestAttachment).where(*_waiting_in(viewer, place))
    await session.exec(sent.values(request_id=request.id, message_id=message_id))


async def list_pieces(session: AsyncSession, request: Request) -> list[Piece]:
    """Of a request that the viewer was allowed to find."""
    sent = _pieces().where(RequestAttachment.request_id == request.id)
    return [Piece(*list(row)) for row in (await session.exec(sent)).all()]


async def find_piece(session: AsyncSession, viewer: Viewer, attachment_id: int) -> tuple[StoredFile, tuple[int, ...]]:
    """To download: what was sent in a request that the viewer reads on either side, with the subscriber whose request
    it is; or what waits in their own draft, which is nobody's yet."""
    is_read = or_(READABLE[viewer.scope], READABLE[Scope.SUBSCRIBER])
    is_own = (col(RequestAttachment.request_id).is_(None)) & (RequestAttachment.account_id == viewer.account_id)
    wanted = (
        select(StoredFile, Request.subscriber_id)
        .join(RequestAttachment, col(RequestAttachment.file_id) == col(StoredFile.id))
        .join(Request, col(Request.id) == col(RequestAttachment.request_id), isouter=True)
        .where(RequestAttachment.id == attachment_id, or_(is_read, is_own))
        .params(**viewer.bounds)
    )
    found = (await session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("Pièce jointe")
    file, subscriber_id = found
    return file, (subscriber_id,) if subscriber_id else ()


def _pieces() -> Any:
    return (
        select(
            RequestAttachment.id,
            StoredFile.name,
            StoredFile.size_bytes,
            func.coalesce(RequestAttachment.message_id, 0),
        )
        .join(StoredFile, col(StoredFile.id) == col(RequestAttachment.file_id))
        .order_by(col(RequestAttachment.id))
    )


def _waiting_in(viewer: Viewer, place: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(RequestAttachment.account_id) == viewer.account_id,
        col(RequestAttachment.place) == place,
        col(RequestAttachment.request_id).is_(None),
    )
