"""Whose room a file takes that is added to what is being written."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Request, Subscriber
from portail_app.errors import NotFound
from portail_app.services.files import Owner, check_room
from portail_app.services.permissions import require_acting
from portail_app.services.request_drafts import FORM, THREAD, is_place
from portail_app.services.requests import find_request
from portail_app.services.served_subscribers import find_served
from portail_app.viewer import Viewer

LONGEST_ID = 9


async def check_place(session: AsyncSession, viewer: Viewer, place: str) -> None:
    """Before a file is sent there: raises NotFound for what is not the viewer's to write, FileRefused without room."""
    await check_room(session, await find_owner(session, viewer, place))


async def find_owner(session: AsyncSession, viewer: Viewer, place: str) -> Owner:
    """Whose room a file takes that is added to that draft. Raises NotFound for what is not the viewer's to read, and
    Forbidden for what they only read."""
    if not is_place(place):
        raise NotFound("Demande")
    kind, _, rest = place.partition(":")
    if kind == FORM:
        return await _find_asker(session, viewer, rest.rpartition(":")[2])
    if kind != THREAD:
        raise NotFound("Demande")
    request = await _find_on_either_side(session, viewer, rest)
    if request.utility_id in viewer.staffed_utility_ids:
        return Owner(request.utility_id)
    require_acting(viewer, request.subscriber_id)
    return Owner(request.utility_id, request.subscriber_id)


async def _find_asker(session: AsyncSession, viewer: Viewer, subscriber_id: str) -> Owner:
    """What staff join for a subscriber whom they serve is not counted in the subscriber's room."""
    if not subscriber_id.isdigit() or len(subscriber_id) > LONGEST_ID:
        raise NotFound("Demande")
    if int(subscriber_id) in viewer.subscriber_ids:
        require_acting(viewer, int(subscriber_id))
        subscriber = await session.get_one(Subscriber, int(subscriber_id))
        return Owner(subscriber.utility_id, subscriber.id)
    if not viewer.is_staff:
        raise NotFound("Demande")
    return Owner((await find_served(session, viewer, int(subscriber_id))).utility_id)


async def _find_on_either_side(session: AsyncSession, viewer: Viewer, number: str) -> Request:
    """Who is staff and a subscriber too may write on both."""
    try:
        return await find_request(session, viewer, number)
    except NotFound:
        return await find_request(session, viewer.as_subscriber(), number)
