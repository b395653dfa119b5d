"""Opening a request: once, whatever a browser sends twice, and told to both sides in the same transaction."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import ProposedChange, Request, RequestType, StaffRole, Subscriber
from portail_app.database import execute_sql
from portail_app.errors import Forbidden, Invalid
from portail_app.formats import PARIS
from portail_app.services import audit, request_mails
from portail_app.services.request_answers import check_answers
from portail_app.services.request_attachments import send_waiting
from portail_app.services.request_drafts import close_draft, form_place
from portail_app.services.request_types import find_offered, find_own_subscriber
from portail_app.viewer import Viewer

LONGEST_SUMMARY = 120


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the request asks to change; `field` is as the service that will apply it names it."""

    field: str
    label: str
    former: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be sent. `key` is made when the form is opened: the same key and words are the same request."""

    type_code: str
    subscriber_id: int
    typed: Mapping[str, str]
    key: str
    changes: tuple[Change, ...] = field(default=())


async def open_request(session: AsyncSession, viewer: Viewer, draft: Draft, now: datetime) -> Request:
    """The new request, or the one that the same sending has opened already. Raises Invalid at the field at fault."""
    if viewer.account_id is None:
        raise Forbidden
    if not 8 <= len(draft.key) <= 64:
        raise Invalid
    subscriber = await find_own_subscriber(session, viewer, draft.subscriber_id)
    asked = await find_offered(session, viewer, subscriber, draft.type_code)
    content = check_answers(asked.questions, draft.typed)
    values = _values(asked, subscriber, content, now) | {
        "opened_by": viewer.account_id,
        "sent_key": _key(draft, content),
    }
    values["assignee_id"] = await _handler(session, asked)
    opened, is_new = await _insert_once(session, values)
    await close_draft(session, viewer, form_place(asked.code, draft.subscriber_id), draft.key, now)
    if is_new:
        session.add_all(_proposed(opened, change) for change in draft.changes)
        audit.record(session, viewer, "Demande envoyée", opened.number, utility_id=opened.utility_id)
        await session.flush()
        await send_waiting(session, viewer, form_place(asked.code, draft.subscriber_id), opened)
        await request_mails.tell_opened(session, opened, asked)
    return opened


def _values(asked: RequestType, subscriber: Subscriber, content: list[list[str]], now: datetime) -> dict[str, Any]:
    return {
        "utility_id": subscriber.utility_id,
        "subscriber_id": subscriber.id,
        "type_id": asked.id,
        "kind": asked.kind,
        "subject": asked.name,
        "summary": _summary(content),
        "content": content,
        "status": "nouvelle",
        "due_on": now.astimezone(PARIS).date() + timedelta(days=asked.due_days),
        "opened_at": now,
        "changed_at": now,
    }


def _summary(content: list[list[str]]) -> str:
    """The last answer says most: forms end with the description."""
    words = " ".join(content[-1][1].split()) if content else ""
    return words if len(words) <= LONGEST_SUMMARY else words[: LONGEST_SUMMARY - 1] + "…"


def _key(draft: Draft, content: list[list[str]]) -> str:
    said = [draft.type_code, draft.subscriber_id, draft.key, content, [astuple(change) for change in draft.changes]]
    return sha256(json.dumps(said).encode()).hexdigest()


def _proposed(request: Request, change: Change) -> ProposedChange:
    return ProposedChange(
        request_id=request.id or 0,
        field=change.field,
        label=change.label,
        former=change.former,
        proposed=change.proposed,
    )


async def _handler(session: AsyncSession, asked: RequestType) -> int | None:
    """Whom the type names, as long as they work there."""
    still = select(StaffRole.account_id).where(
        StaffRole.utility_id == asked.utility_id, StaffRole.account_id == asked.handler_id
    )
    return (await session.exec(still)).first()


async def _insert_once(session: AsyncSession, values: dict[str, Any]) -> tuple[Request, bool]:
    """Of two that are sent at once, the second waits for the first, and finds it."""
    number = (await execute_sql(session, text("SELECT nextval('request_id_seq')"))).scalar_one()
    values |= {"id": number, "number": f"D{values['opened_at'].astimezone(PARIS).year}-{number:05d}"}
    once = insert(Request).values(**values).on_conflict_do_nothing(index_elements=["opened_by", "sent_key"])
    is_new = (await execute_sql(session, once.returning(col(Request.id)))).scalar_one_or_none() is not None
    known = select(Request).where(Request.opened_by == values["opened_by"], Request.sent_key == values["sent_key"])
    return (await session.exec(known)).one(), is_new
