"""What a subscriber is offered: in whose name to ask, which forms there are, and one of them as it was left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Question, RequestType, Subscriber, Utility
from portail_app.errors import NotFound
from portail_app.services.permissions import may_act
from portail_app.services.request_attachments import Piece, list_waiting
from portail_app.services.request_drafts import (
    KEY,
    close_draft,
    find_draft,
    form_place,
    keep_draft,
    note_place,
    thread_place,
)
from portail_app.services.request_types import find_offered, list_offered, list_own_subscribers
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class FormField:
    """A question with what was typed so far."""

    name: str
    label: str
    kind: str
    hint: str
    choices: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class RequestForm:
    """`key` is the same until it is sent or cleared, on every device that opens it. `channel` is what staff chose."""

    code: str
    name: str
    guidance: str
    subscriber_id: int
    place: str
    key: str
    kept_at: datetime | None
    fields: tuple[FormField, ...]
    pieces: tuple[Piece, ...]
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The form of one more turn of a thread."""

    place: str = ""
    key: str = ""
    text: str = ""
    kept_at: datetime | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """« Informations générales »."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    opening_hours: str = ""
    emergency_phone: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Where `may_ask` is false, the service's facts may be read and nothing be sent."""

    subscribers: tuple[Subscriber, ...]
    chosen: Subscriber
    types: tuple[RequestType, ...]
    service: ServiceFacts
    may_ask: bool


async def read_offer(session: AsyncSession, viewer: Viewer, subscriber_number: str = "") -> Offer:
    """In the name of the subscriber who has that number; of the viewer's first where none of theirs has."""
    own = await list_own_subscribers(session, viewer)
    if not own:
        raise NotFound("Abonné")
    chosen = next((one for one in own if one.number == subscriber_number), own[0])
    types = await list_offered(session, chosen)
    facts = await _facts(session, chosen.utility_id)
    return Offer(tuple(own), chosen, tuple(types), facts, may_act(viewer, chosen.id or 0))


async def read_form(session: AsyncSession, viewer: Viewer, subscriber: Subscriber, code: str) -> RequestForm:
    """As it was left. Raises NotFound for a type that is not offered."""
    asked = await find_offered(session, subscriber, code)
    place = form_place(asked.code, subscriber.id or 0)
    kept = await find_draft(session, viewer, place)
    return RequestForm(
        code=asked.code,
        name=asked.name,
        guidance=asked.guidance,
        subscriber_id=subscriber.id or 0,
        place=place,
        key=_key_of(kept.typed),
        kept_at=kept.kept_at,
        fields=tuple(_field(question, kept.typed) for question in asked.questions),
        pieces=await list_waiting(session, viewer, place),
        channel=kept.typed.get("channel", ""),
    )


async def clear_form(
    session: AsyncSession, viewer: Viewer, code: str, subscriber_id: int, key: str, now: datetime
) -> dict[str, str]:
    """Nothing of it is kept; what was, to be restored if it was a mistake."""
    place = form_place(code, subscriber_id)
    kept = await find_draft(session, viewer, place)
    await close_draft(session, viewer, place, key, now)
    return {name: value for name, value in kept.typed.items() if name != KEY}


async def restore_form(
    session: AsyncSession, viewer: Viewer, code: str, subscriber_id: int, typed: Mapping[str, str], now: datetime
) -> None:
    await keep_draft(session, viewer, form_place(code, subscriber_id), {**typed, KEY: token_urlsafe(18)}, now)


async def open_reply(session: AsyncSession, viewer: Viewer, number: str) -> Reply:
    """The next message of that thread, as it was left."""
    return await _reopen(session, viewer, thread_place(number), "text")


async def open_note(session: AsyncSession, viewer: Viewer, number: str) -> Reply:
    return await _reopen(session, viewer, note_place(number), "note")


async def _reopen(session: AsyncSession, viewer: Viewer, place: str, field: str) -> Reply:
    kept = await find_draft(session, viewer, place)
    pieces = await list_waiting(session, viewer, place)
    return Reply(place, _key_of(kept.typed), kept.typed.get(field, ""), kept.kept_at, pieces)


def _key_of(typed: Mapping[str, str]) -> str:
    """That of the draft, where it has one that can be sent."""
    known = typed.get(KEY, "")
    return known if 8 <= len(known) <= 64 else token_urlsafe(18)


def _field(question: Question, typed: Mapping[str, str]) -> FormField:
    return FormField(
        name=question.name,
        label=question.label if question.is_required else f"{question.label} (facultatif)",
        kind=question.kind,
        hint=question.hint,
        choices=question.choices,
        typed=typed.get(question.name, ""),
    )


async def _facts(session: AsyncSession, utility_id: int) -> ServiceFacts:
    utility = await session.get_one(Utility, utility_id)
    return ServiceFacts(
        name=utility.name,
        address=utility.address,
        phone=utility.phone,
        email=utility.email,
        opening_hours=utility.opening_hours,
        emergency_phone=utility.emergency_phone,
    )
