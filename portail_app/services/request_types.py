"""Types of requests: which a subscriber may choose, and how staff change them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import RequestKind, RequestType, StaffRole, Subscriber
from portail_app.errors import NotFound
from portail_app.services.permissions import require_acting
from portail_app.viewer import Viewer


async def list_own_subscribers(session: AsyncSession, viewer: Viewer) -> list[Subscriber]:
    """Those in whose name the viewer may ask, by number; where there is none, those whose service they may see."""
    shown = viewer.payable_subscriber_ids or viewer.subscriber_ids
    own = select(Subscriber).where(col(Subscriber.id).in_(shown)).order_by(col(Subscriber.number))
    return list((await session.exec(own)).all())


async def find_own_subscriber(session: AsyncSession, viewer: Viewer, subscriber_id: int) -> Subscriber:
    if subscriber_id not in viewer.subscriber_ids:
        raise NotFound("Abonné")
    require_acting(viewer, subscriber_id)
    return await session.get_one(Subscriber, subscriber_id)


async def list_offered(session: AsyncSession, subscriber: Subscriber) -> list[RequestType]:
    """The guided forms of the utility that bills a subscriber whom the viewer was allowed to find."""
    offered = _offered_to(subscriber).where(RequestType.kind == RequestKind.FORM)
    return list((await session.exec(offered)).all())


async def find_offered(session: AsyncSession, subscriber: Subscriber, code: str) -> RequestType:
    """One that can be asked now, of any kind: a form, the message, a change of personal data."""
    found = (await session.exec(_offered_to(subscriber).where(RequestType.code == code))).first()
    if found is None:
        raise NotFound("Type de demande")
    return found


async def find_handler(session: AsyncSession, asked: RequestType) -> int | None:
    """Whom the type names, as long as they work there."""
    still = select(StaffRole.account_id).where(
        StaffRole.utility_id == asked.utility_id, StaffRole.account_id == asked.handler_id
    )
    return (await session.exec(still)).first()


def _offered_to(subscriber: Subscriber) -> SelectOfScalar[RequestType]:
    return (
        select(RequestType)
        .where(RequestType.utility_id == subscriber.utility_id, col(RequestType.is_active))
        .order_by(col(RequestType.position), col(RequestType.id))
    )
