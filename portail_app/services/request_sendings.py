"""What is about to be sent, and the row that it becomes: once, whatever a browser sends twice."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import ProposedChange, Request, RequestChannel, RequestType, Subscriber
from portail_app.formats import PARIS

LONGEST_SUMMARY = 120


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the request asks to change; `field` is as the service that will apply it names it."""

    field: str
    label: str
    former: str
    proposed: str

    def proposed_in(self, request: Request) -> ProposedChange:
        return ProposedChange(
            request_id=request.id or 0,
            field=self.field,
            label=self.label,
            former=self.former,
            proposed=self.proposed,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be sent. `key` is made when the form is opened: the same key and words are the same request.
    `channel` is the portal, unless staff take it down."""

    type_code: str
    subscriber_id: int
    typed: Mapping[str, str]
    key: str
    changes: tuple[Change, ...] = field(default=())
    channel: RequestChannel = RequestChannel.PORTAL


@dataclass(frozen=True, slots=True)
class Sending:
    """A draft once it is checked: who asks what, by whose hand, in which words."""

    draft: Draft
    subscriber: Subscriber
    asked: RequestType
    content: list[list[str]]
    account_id: int
    handler_id: int | None


async def insert_once(session: AsyncSession, sending: Sending, now: datetime) -> tuple[Request, bool]:
    """The request, and whether it is new. Of two sent at once, the second waits for the first, and finds it."""
    number = (await session.exec(select(func.nextval("request_id_seq")))).one()
    values = _values(sending, now) | {"id": number, "number": f"D{now.astimezone(PARIS).year}-{number:05d}"}
    once = insert(Request).values(**values).on_conflict_do_nothing(index_elements=["opened_by", "sent_key"])
    is_new = (await session.exec(once.returning(col(Request.id)))).scalar_one_or_none() is not None
    known = select(Request).where(Request.opened_by == values["opened_by"], Request.sent_key == values["sent_key"])
    return (await session.exec(known)).one(), is_new


def _values(sending: Sending, now: datetime) -> dict[str, Any]:
    asked = sending.asked
    return {
        "utility_id": sending.subscriber.utility_id,
        "subscriber_id": sending.subscriber.id,
        "type_id": asked.id,
        "kind": asked.kind,
        "subject": asked.name,
        "summary": _summary(sending.content),
        "content": sending.content,
        "status": "nouvelle",
        "due_on": now.astimezone(PARIS).date() + timedelta(days=asked.due_days),
        "assignee_id": sending.handler_id,
        "opened_by": sending.account_id,
        "channel": sending.draft.channel,
        "opened_at": now,
        "changed_at": now,
        "sent_key": _key(sending.draft, sending.content),
    }


def _summary(content: list[list[str]]) -> str:
    """The last answer says most: forms end with the description."""
    words = " ".join(content[-1][1].split()) if content else ""
    return words if len(words) <= LONGEST_SUMMARY else words[: LONGEST_SUMMARY - 1] + "…"


def _key(draft: Draft, content: list[list[str]]) -> str:
    said = [draft.type_code, draft.subscriber_id, draft.key, content, [astuple(change) for change in draft.changes]]
    return sha256(json.dumps(said).encode()).hexdigest()
