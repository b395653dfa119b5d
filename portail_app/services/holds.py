"""Which subscribers an account holds, and as what: a holder decides, a delegate sees or pays."""

from dataclasses import dataclass, replace

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, Hold, Subscriber, Utility
from portail_app.errors import NotFound
from portail_app.mails.access import Sender
from portail_app.settings import settings
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Held:
    subscriber: Subscriber
    utility: Utility
    hold: Hold

    @property
    def sender(self) -> Sender:
        """In whose name mails about this subscriber are written."""
        return Sender(self.utility.name, settings().url)


async def list_held(session: AsyncSession, viewer: Viewer) -> list[Held]:
    """All of the account, whatever the hold, by number."""
    wanted = (
        select(Subscriber, Utility, AccountSubscriber.hold)
        .join(AccountSubscriber, col(AccountSubscriber.subscriber_id) == Subscriber.id)
        .join(Utility, col(Utility.id) == Subscriber.utility_id)
        .where(AccountSubscriber.account_id == (viewer.account_id or 0))
        .order_by(col(Subscriber.number), col(Subscriber.id))
    )
    found = (await session.exec(wanted)).all()
    return [Held(subscriber, utility, Hold(hold)) for subscriber, utility, hold in found]


async def find_own(session: AsyncSession, viewer: Viewer, subscriber_id: int, *, is_held_still: bool = False) -> Held:
    """One that the viewer is the holder of; a delegate's, a neighbour's and a missing one are the same refusal.

    `is_held_still` keeps other changes of that subscriber waiting until the transaction ends.
    """
    if is_held_still:
        locked = select(Subscriber.id).where(Subscriber.id == subscriber_id).with_for_update(key_share=True)
        await session.exec(locked)
    held = await list_held(session, viewer)
    for one in held:
        if one.subscriber.id == subscriber_id and one.hold is Hold.HOLDER:
            return one
    raise NotFound("Abonnement")


async def viewer_of(session: AsyncSession, account: Account) -> Viewer:
    """Who acts by a link that proves the account: no session, and no rank."""
    known = Viewer(account_id=account.id, email=account.email, name=account.name)
    return _holding(known, await list_held(session, known))


async def holder_of(session: AsyncSession, account: Account) -> Viewer:
    """The account with its own subscribers only: what a delegate sees is somebody else's."""
    known = Viewer(account_id=account.id, email=account.email, name=account.name)
    own = [one for one in await list_held(session, known) if one.hold is Hold.HOLDER]
    return _holding(known, own)


async def sender_of(session: AsyncSession, viewer: Viewer) -> Sender:
    """In whose name an account is written to: the utilities of its subscribers and its work."""
    wanted = select(Utility.name).where(col(Utility.id).in_(viewer.utility_ids)).order_by(col(Utility.name))
    names = (await session.exec(wanted)).all()
    return Sender(", ".join(names), settings().url)


def _holding(known: Viewer, held: list[Held]) -> Viewer:
    return replace(
        known,
        subscriber_ids=frozenset(one.subscriber.id or 0 for one in held),
        payable_subscriber_ids=frozenset(one.subscriber.id or 0 for one in held if one.hold is not Hold.MAY_SEE),
        subscribed_utility_ids=frozenset(one.utility.id or 0 for one in held),
    )
