"""What billing owns of a subscriber: a change is a request, and staff accept or refuse each field of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Request
from portail_app.errors import Invalid
from portail_app.services.holds import find_own
from portail_app.services.own_changes import WAITING, list_own
from portail_app.services.owned_fields import changes_of
from portail_app.services.request_opening import open_request
from portail_app.services.request_sendings import Change, Draft
from portail_app.viewer import Viewer

TYPE_CODE = "donnees-personnelles"
NOTHING_CHANGED = "Vous n’avez rien changé."


async def ask_for_changes(
    session: AsyncSession, viewer: Viewer, subscriber_id: int, typed: Mapping[str, str], key: str, now: datetime
) -> Request:
    """One request for all the fields that differ; the same `key` and words are the same request.

    Raises Invalid at a field that cannot be, or that waits for an answer already; NotFound for another's subscriber.
    """
    held = await find_own(session, viewer, subscriber_id, is_held_still=True)
    changes = changes_of(held.subscriber, typed)
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


def _describe(request: Request, changes: Sequence[Change]) -> None:
    """In the words that lists and threads of requests show."""
    request.content = [
        [one.label, f"{one.former or 'non renseigné'} → {one.proposed or 'non renseigné'}"] for one in changes
    ]
    request.summary = ", ".join(one.label for one in changes)[:120]
