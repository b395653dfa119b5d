"""What is being written and not sent yet, kept for its own account on any of its devices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import RequestDraft
from portail_app.errors import Forbidden, Invalid
from portail_app.viewer import Viewer

FORM, THREAD, NOTE = "type", "fil", "note"
KEY = "key"  # the field that every form of ours has
MOST_PLACES = 200
MOST_FIELDS = 60
MOST_CHARACTERS = 60_000
_PLACE = re.compile(r"[a-z]{3,8}:[\w-]{1,40}(:\d{1,10})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, by the names of the fields; nothing where there is no draft."""

    typed: Mapping[str, str]
    kept_at: datetime | None


def form_place(code: str, subscriber_id: int) -> str:
    return f"{FORM}:{code}:{subscriber_id}"


def thread_place(number: str) -> str:
    return f"{THREAD}:{number}"


def note_place(number: str) -> str:
    return f"{NOTE}:{number}"


def sent_key(key: str, text: str) -> str:
    """The same for what is sent twice: the same form and the same words."""
    return sha256(f"{key}\0{text.strip()}".encode()).hexdigest()


async def keep_draft(
    session: AsyncSession, viewer: Viewer, place: str, typed: Mapping[str, str], now: datetime
) -> None:
    """The whole form as it is now, whatever it was: half an answer is kept as it stands.

    A form that was sent or cleared meanwhile is not: its page's last word may arrive after that.
    """
    if viewer.account_id is None:
        raise Forbidden
    _check(place, typed)
    if not await _has_room(session, viewer, place):
        raise Invalid("Trop de brouillons : envoyez ou effacez-en.")
    kept = insert(RequestDraft).values(
        account_id=viewer.account_id,
        place=place,
        typed={name: value.replace("\0", "") for name, value in typed.items()},
        kept_at=now,
        closed_key="",
    )
    newer = {"typed": kept.excluded.typed, "kept_at": kept.excluded.kept_at}
    is_going_on = col(RequestDraft.closed_key) != typed.get(KEY, " ")
    await session.exec(
        kept.on_conflict_do_update(index_elements=["account_id", "place"], set_=newer, where=is_going_on)
    )


async def find_draft(session: AsyncSession, viewer: Viewer, place: str) -> Kept:
    own = select(RequestDraft).where(RequestDraft.account_id == viewer.account_id, RequestDraft.place == place)
    draft = (await session.exec(own.execution_options(populate_existing=True))).one_or_none()
    return Kept(draft.typed, draft.kept_at) if draft and draft.typed else Kept({}, None)


async def close_draft(session: AsyncSession, viewer: Viewer, place: str, key: str, now: datetime) -> None:
    """Sent, or cleared: nothing of the form that has this key is kept any more."""
    if viewer.account_id is None:
        raise Forbidden
    _check(place, {KEY: key})
    closed = {"typed": {}, "kept_at": now, "closed_key": key[:64]}
    emptied = insert(RequestDraft).values(account_id=viewer.account_id, place=place, **closed)
    await session.exec(emptied.on_conflict_do_update(index_elements=["account_id", "place"], set_=closed))


def is_place(place: str) -> bool:
    """Whether a page of ours can have named it; whose it is, is another question."""
    return _PLACE.fullmatch(place) is not None


def _check(place: str, typed: Mapping[str, str]) -> None:
    is_ours = all(isinstance(part, str) and len(part) <= MOST_CHARACTERS for pair in typed.items() for part in pair)
    if not is_place(place) or len(typed) > MOST_FIELDS or not is_ours:
        raise Invalid
    if sum(len(value) for value in typed.values()) > MOST_CHARACTERS:
        raise Invalid("Trop long pour être gardé.")


async def _has_room(session: AsyncSession, viewer: Viewer, place: str) -> bool:
    others = select(func.count()).where(
        col(RequestDraft.account_id) == viewer.account_id, col(RequestDraft.place) != place
    )
    return (await session.exec(others)).one() < MOST_PLACES
