"""What billing owns of a subscriber: a change is a request, and staff accept or refuse each field of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Hold, ProposedChange, Request, RequestKind, RequestStatus, Subscriber
from portail_app.errors import Invalid
from portail_app.services.holds import find_own, list_held
from portail_app.services.request_opening import open_request
from portail_app.services.request_sendings import Change, Draft
from portail_app.services.requests import READABLE
from portail_app.viewer import Scope, Viewer

TYPE_CODE = "donnees-personnelles"
WAITING, ACCEPTED, REFUSED, WITHDRAWN = "en_attente", "acceptee", "refusee", "annulee"
ACCOUNT = "account"
"""The field of a change that asks for the account itself to be deleted (services/deletions.py)."""
NOTHING_CHANGED = "Vous n’avez rien changé."


@dataclass(frozen=True, slots=True)
class OwnedField:
    """A column of the subscriber that billing writes. `shape` is what a value must look like, empty for any words."""

    name: str
    label: str
    longest: int = 120
    is_required: bool = True
    shape: str = ""
    advice: str = ""


OWNED = (
    OwnedField("name", "Nom"),
    OwnedField("address", "Adresse"),
    OwnedField("postal_code", "Code postal", 10, shape=r"[0-9A-Za-z -]{4,10}", advice="Exemple : 59900."),
    OwnedField("city", "Ville", 80),
    OwnedField(
        "phone", "Téléphone", 20, is_required=False, shape=r"\+?[0-9 .()-]{6,20}", advice="Exemple : 06 12 34 56 78."
    ),
)


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A field that one has asked to change, and what became of it."""

    subscriber_id: int
    request: str
    field: str
    label: str
    former: str
    proposed: str
    status: str
    reason: str
    asked_at: datetime


async def ask_for_changes(
    session: AsyncSession, viewer: Viewer, subscriber_id: int, typed: Mapping[str, str], key: str, now: datetime
) -> Request:
    """One request for all the fields that differ; the same `key` and words are the same request.

    Raises Invalid at a field that cannot be, or that waits for an answer already; NotFound for another's subscriber.
    """
    held = await find_own(session, viewer, subscriber_id, is_held_still=True)
    changes = tuple(_changes(held.subscriber, typed))
    if not changes:
        raise Invalid(NOTHING_CHANGED)
    draft = Draft(TYPE_CODE, subscriber_id, {}, key, changes)
    waiting = {one.field: one for one in await list_own(session, viewer) if one.status == WAITING}
    before = [waiting[change.field] for change in changes if change.field in waiting]
    request = await open_request(session, viewer, draft, now)
    if any(one.subscriber_id == subscriber_id and one.request != request.number for one in before):
        raise Invalid("Cette information attend déjà une réponse du service.", field=before[0].field)
    _describe(request, changes)
    session.add(request)
    await session.flush()
    return request


async def list_own(session: AsyncSession, viewer: Viewer) -> list[OwnChange]:
    """What the viewer asked to change of the subscribers that they are the holder of, the newest first."""
    held = [one.subscriber.id for one in await list_held(session, viewer) if one.hold is Hold.HOLDER]
    wanted = (
        select(ProposedChange, Request)
        .join(Request, col(Request.id) == ProposedChange.request_id)
        .where(READABLE[Scope.SUBSCRIBER], Request.kind == RequestKind.PERSONAL_DATA)
        .where(col(Request.subscriber_id).in_(held))
        .order_by(col(Request.opened_at).desc(), col(ProposedChange.id))
        .limit(50)
        .params(**viewer.bounds)
    )
    return [_own(change, request) for change, request in (await session.exec(wanted)).all()]


def _describe(request: Request, changes: Sequence[Change]) -> None:
    """In the words that lists and threads of requests show."""
    request.content = [
        [one.label, f"{one.former or 'non renseigné'} → {one.proposed or 'non renseigné'}"] for one in changes
    ]
    request.summary = ", ".join(one.label for one in changes)[:120]


def _changes(subscriber: Subscriber, typed: Mapping[str, str]) -> list[Change]:
    changes = []
    for field in OWNED:
        former = str(getattr(subscriber, field.name) or "")
        proposed = " ".join(typed.get(field.name, former).split())
        if proposed != former:
            _check(field, proposed)
            changes.append(Change(field.name, field.label, former, proposed))
    return changes


def _check(field: OwnedField, proposed: str) -> None:
    if field.is_required and not proposed:
        raise Invalid("Remplissez ce champ, ou laissez ce qui y était.", field=field.name)
    if len(proposed) > field.longest:
        raise Invalid(f"Pas plus de {field.longest} caractères.", field=field.name)
    if proposed and field.shape and not re.fullmatch(field.shape, proposed):
        raise Invalid(f"Ce n’est pas possible ici. {field.advice}", field=field.name)


def _own(change: ProposedChange, request: Request) -> OwnChange:
    return OwnChange(
        subscriber_id=request.subscriber_id,
        request=request.number,
        field=change.field,
        label=change.label,
        former=change.former,
        proposed=change.proposed,
        status=status_of(change, request),
        reason=change.refusal_reason,
        asked_at=request.opened_at,
    )


def status_of(change: ProposedChange, request: Request) -> str:
    if change.accepted_at:
        return ACCEPTED
    if change.refused_at:
        return REFUSED
    if request.status is RequestStatus.WITHDRAWN:
        return WITHDRAWN
    return WAITING if request.is_open else REFUSED
