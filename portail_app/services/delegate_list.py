"""What the page of delegates shows: whom one lets in, who has invited one, and for whom one is a delegate."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, DelegateInvitation, Hold, Subscriber
from portail_app.services.delegate_invitations import OPEN, list_open
from portail_app.services.delegates import Delegate
from portail_app.services.holds import Held, list_held
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Own:
    """A subscriber that one may let others see."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Delegations:
    own: tuple[Own, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    received: tuple[Delegate, ...] = ()
    delegated: tuple[Delegate, ...] = ()


async def list_delegations(session: AsyncSession, viewer: Viewer, now: datetime) -> Delegations:
    held = await list_held(session, viewer)
    own = [one for one in held if one.hold is Hold.HOLDER]
    numbers = {one.subscriber.id or 0: one.subscriber.number for one in own}
    inside, invited = await _list_inside(session, numbers), await _list_invited(session, numbers)
    return Delegations(
        own=tuple(Own(one.subscriber.id or 0, f"{one.subscriber.number} ({one.utility.name})") for one in own),
        delegates=(*inside, *invited),
        received=await _list_received(session, viewer, now),
        delegated=tuple(_delegated(one) for one in held if one.hold is not Hold.HOLDER),
    )


async def _list_inside(session: AsyncSession, numbers: dict[int, str]) -> list[Delegate]:
    wanted = (
        select(AccountSubscriber, Account)
        .join(Account, col(Account.id) == AccountSubscriber.account_id)
        .where(col(AccountSubscriber.subscriber_id).in_(numbers), AccountSubscriber.hold != Hold.HOLDER)
        .order_by(col(AccountSubscriber.id))
    )
    return [
        Delegate(
            subscriber_id=one.subscriber_id,
            subscriber=numbers[one.subscriber_id],
            who=account.name or account.email,
            email=account.email,
            hold=one.hold.value,
            account_id=one.account_id,
        )
        for one, account in (await session.exec(wanted)).all()
    ]


async def _list_invited(session: AsyncSession, numbers: dict[int, str]) -> list[Delegate]:
    wanted = select(DelegateInvitation).where(col(DelegateInvitation.subscriber_id).in_(numbers), OPEN)
    return [
        _invited(one, numbers[one.subscriber_id], one.email)
        for one in (await session.exec(wanted.order_by(col(DelegateInvitation.id)))).all()
    ]


async def _list_received(session: AsyncSession, viewer: Viewer, now: datetime) -> tuple[Delegate, ...]:
    received = []
    for one in await list_open(session, viewer.email, now):
        subscriber = await session.get_one(Subscriber, one.subscriber_id)
        received.append(_invited(one, subscriber.number, subscriber.name))
    return tuple(received)


def _invited(one: DelegateInvitation, number: str, who: str) -> Delegate:
    return Delegate(
        subscriber_id=one.subscriber_id,
        subscriber=number,
        who=who,
        email=one.email,
        hold=one.hold.value,
        invitation_id=one.id or 0,
        until=one.expires_at,
    )


def _delegated(held: Held) -> Delegate:
    return Delegate(
        subscriber_id=held.subscriber.id or 0,
        subscriber=held.subscriber.number,
        who=held.subscriber.name,
        email="",
        hold=held.hold.value,
    )
