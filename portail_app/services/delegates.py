"""Delegates: who they are, how a holder takes their access away, and how they leave."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, Hold, Subscriber
from portail_app.errors import NotFound
from portail_app.services import audit
from portail_app.services.delegate_mails import tell_removed
from portail_app.services.holds import find_own
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody let in, or invited: then `invitation_id` is not 0. `hold` is a word of `Hold`."""

    subscriber_id: int
    subscriber: str
    who: str
    email: str
    hold: str
    account_id: int = 0
    invitation_id: int = 0
    until: datetime | None = None


async def remove_delegate(
    session: AsyncSession, viewer: Viewer, subscriber_id: int, account_id: int, now: datetime
) -> None:
    """At once: the delegate's open pages are refused at their next event. A holder is nobody's to remove."""
    held = await find_own(session, viewer, subscriber_id)
    account = await session.get(Account, account_id)
    if account is None or not await _end_hold(session, subscriber_id, account_id):
        raise NotFound("Délégué")
    audit.record(
        session,
        viewer,
        "Délégué retiré",
        f"Abonné {held.subscriber.number}",
        utility_id=held.utility.id,
        details={"adresse": account.email},
    )
    await tell_removed(session, held, account, now)


async def leave_subscriber(session: AsyncSession, viewer: Viewer, subscriber_id: int) -> None:
    """The delegate's own way out."""
    if not await _end_hold(session, subscriber_id, viewer.account_id or 0):
        raise NotFound("Abonnement")
    subscriber = await session.get_one(Subscriber, subscriber_id)
    audit.record(session, viewer, "Délégué parti", f"Abonné {subscriber.number}", utility_id=subscriber.utility_id)
    await session.flush()


async def _end_hold(session: AsyncSession, subscriber_id: int, account_id: int) -> bool:
    ended = delete(AccountSubscriber).where(
        col(AccountSubscriber.subscriber_id) == subscriber_id,
        col(AccountSubscriber.account_id) == account_id,
        col(AccountSubscriber.hold) != Hold.HOLDER,
    )
    return (await session.exec(ended)).rowcount > 0
