"""Requests: who may read which, and what is found of one."""

from sqlalchemy import ARRAY, ColumnElement, Integer, and_, any_, bindparam, or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import ProposedChange, Request, RequestKind
from portail_app.errors import NotFound
from portail_app.viewer import Scope, Viewer

READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Request.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: and_(
        col(Request.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
        or_(
            col(Request.kind) != RequestKind.PERSONAL_DATA,
            col(Request.opened_by) == any_(bindparam("account_ids", type_=ARRAY(Integer))),
        ),
    ),
}
"""The one rule of who reads which request: every read of one, of its thread and of its notes starts here. A change of
personal data is read by who asked for it: a delegate of the same subscriber does not."""


async def find_request(session: AsyncSession, viewer: Viewer, number: str) -> Request:
    request = (await session.exec(_readable_by(viewer).where(Request.number == number))).first()
    if request is None:
        raise NotFound("Demande")
    return request


async def hold_request(session: AsyncSession, viewer: Viewer, number: str) -> Request:
    """The request as it is now, held until the transaction ends: whoever else changes it waits."""
    held = _readable_by(viewer).where(Request.number == number)
    held = held.with_for_update(key_share=True).execution_options(populate_existing=True)
    request = (await session.exec(held)).first()
    if request is None:
        raise NotFound("Demande")
    return request


async def list_changes(session: AsyncSession, request: Request) -> list[ProposedChange]:
    """What a request that the viewer was allowed to find asks to change, field by field."""
    proposed = select(ProposedChange).where(ProposedChange.request_id == request.id)
    return list((await session.exec(proposed.order_by(col(ProposedChange.id)))).all())


def _readable_by(viewer: Viewer) -> SelectOfScalar[Request]:
    return select(Request).where(READABLE[viewer.scope]).params(**viewer.bounds)
