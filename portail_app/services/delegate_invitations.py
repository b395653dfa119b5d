"""Invitations of delegates: by mail, renewed or withdrawn by the holder, accepted or declined by who was invited."""

from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, DelegateInvitation, Hold, StaffRole, Subscriber, Utility
from portail_app.errors import Invalid, NotFound
from portail_app.services import audit
from portail_app.services.delegate_mails import tell_accepted, tell_invited
from portail_app.services.holds import Held, find_own, list_held
from portail_app.viewer import Viewer

VALID_FOR = timedelta(days=30)
MOST = 10
DELEGATE_HOLDS = (Hold.MAY_SEE, Hold.MAY_PAY)


async def invite_delegate(
    session: AsyncSession, viewer: Viewer, subscriber_id: int, email: str, hold: Hold, now: datetime
) -> None:
    """Inviting again renews the invitation. Raises Invalid for oneself, who is let in already, and one too many."""
    held = await find_own(session, viewer, subscriber_id, is_held_still=True)
    if hold not in DELEGATE_HOLDS:
        raise Invalid(field="hold")
    await _check_newcomer(session, viewer, held, email)
    invitation = await _find_open(session, subscriber_id, email) or DelegateInvitation(
        subscriber_id=subscriber_id, account_id=viewer.account_id or 0, email=email, invited_at=now, expires_at=now
    )
    invitation.hold, invitation.invited_at, invitation.expires_at = hold, now, now + VALID_FOR
    session.add(invitation)
    await session.flush()
    _note(session, viewer, held, "Délégué invité", email, hold)
    await tell_invited(session, viewer, held, invitation)


async def withdraw_invitation(session: AsyncSession, viewer: Viewer, invitation_id: int, now: datetime) -> bool:
    """Withdrawing what is no longer open changes nothing. False where it was accepted meanwhile."""
    invitation = await session.get(DelegateInvitation, invitation_id, with_for_update={"key_share": True})
    if invitation is None:
        raise NotFound("Invitation")
    held = await find_own(session, viewer, invitation.subscriber_id)
    if _is_open(invitation):
        invitation.withdrawn_at = now
        session.add(invitation)
        _note(session, viewer, held, "Invitation retirée", invitation.email, invitation.hold)
    await session.flush()
    return invitation.accepted_at is None


async def accept_invitation(session: AsyncSession, viewer: Viewer, invitation_id: int, now: datetime) -> None:
    """Raises NotFound for one sent to another address, that was withdrawn, or that is over."""
    invitation = await _find_received(session, viewer, invitation_id, now)
    await _let_in(session, viewer, invitation, now)


async def accept_all(session: AsyncSession, account: Account, now: datetime) -> None:
    """Whoever activates an account by the mailbox that was invited came for that, unless they have bills of their own,
    or work here: anybody may invite anybody, and then it is theirs to say."""
    viewer = Viewer(account_id=account.id, email=account.email, name=account.name)
    works = await session.exec(select(StaffRole.id).where(StaffRole.account_id == account.id))
    if works.first() is not None or await list_held(session, viewer):
        return
    for invitation in await list_open(session, account.email, now):
        await _let_in(session, viewer, invitation, now)


async def decline_invitation(session: AsyncSession, viewer: Viewer, invitation_id: int, now: datetime) -> None:
    invitation = await _find_received(session, viewer, invitation_id, now)
    invitation.declined_at = now
    session.add(invitation)
    await session.flush()


async def list_open(session: AsyncSession, email: str, now: datetime) -> list[DelegateInvitation]:
    """The invitations that wait for whoever has this address."""
    wanted = select(DelegateInvitation).where(
        DelegateInvitation.email == email, OPEN, col(DelegateInvitation.expires_at) > now
    )
    return list((await session.exec(wanted.order_by(col(DelegateInvitation.id)))).all())


async def list_inviting(session: AsyncSession, email: str) -> tuple[Utility, ...]:
    """The utilities of those who have invited this address, and wait."""
    wanted = (
        select(Utility)
        .join(Subscriber, col(Subscriber.utility_id) == Utility.id)
        .join(DelegateInvitation, col(DelegateInvitation.subscriber_id) == Subscriber.id)
        .where(DelegateInvitation.email == email, OPEN)
        .distinct()
    )
    return tuple((await session.exec(wanted)).all())


OPEN = (
    col(DelegateInvitation.accepted_at).is_(None)
    & col(DelegateInvitation.declined_at).is_(None)
    & col(DelegateInvitation.withdrawn_at).is_(None)
)


def _is_open(invitation: DelegateInvitation) -> bool:
    return not (invitation.accepted_at or invitation.declined_at or invitation.withdrawn_at)


async def _check_newcomer(session: AsyncSession, viewer: Viewer, held: Held, email: str) -> None:
    if email == viewer.email:
        raise Invalid("C’est votre propre adresse.", field="email")
    inside = (
        select(AccountSubscriber.id)
        .join(Account, col(Account.id) == AccountSubscriber.account_id)
        .where(AccountSubscriber.subscriber_id == held.subscriber.id, Account.email == email)
    )
    if (await session.exec(inside)).first() is not None:
        raise Invalid("Cette personne a déjà accès à cet abonnement.", field="email")
    let_in = select(func.count()).where(
        AccountSubscriber.subscriber_id == held.subscriber.id, AccountSubscriber.hold != Hold.HOLDER
    )
    invited = select(func.count()).where(
        DelegateInvitation.subscriber_id == held.subscriber.id, DelegateInvitation.email != email, OPEN
    )
    if (await session.exec(let_in)).one() + (await session.exec(invited)).one() >= MOST:
        raise Invalid(f"Pas plus de {MOST} personnes par abonnement : retirez-en une d’abord.", field="email")


async def _find_open(session: AsyncSession, subscriber_id: int, email: str) -> DelegateInvitation | None:
    wanted = select(DelegateInvitation).where(
        DelegateInvitation.subscriber_id == subscriber_id, DelegateInvitation.email == email, OPEN
    )
    return (await session.exec(wanted)).one_or_none()


async def _find_received(
    session: AsyncSession, viewer: Viewer, invitation_id: int, now: datetime
) -> DelegateInvitation:
    """Held until the transaction ends: a second click waits, and finds it answered."""
    wanted = select(DelegateInvitation).where(
        DelegateInvitation.id == invitation_id,
        DelegateInvitation.email == viewer.email,
        OPEN,
        col(DelegateInvitation.expires_at) > now,
    )
    invitation = (await session.exec(wanted.with_for_update(key_share=True))).one_or_none()
    if invitation is None:
        raise NotFound("Invitation")
    return invitation


async def _let_in(session: AsyncSession, viewer: Viewer, invitation: DelegateInvitation, now: datetime) -> None:
    invitation.accepted_at = now
    session.add(invitation)
    known = select(AccountSubscriber.id).where(
        AccountSubscriber.account_id == viewer.account_id,
        AccountSubscriber.subscriber_id == invitation.subscriber_id,
    )
    if (await session.exec(known)).first() is None:
        session.add(
            AccountSubscriber(
                account_id=viewer.account_id or 0, subscriber_id=invitation.subscriber_id, hold=invitation.hold
            )
        )
    subscriber = await session.get_one(Subscriber, invitation.subscriber_id)
    utility = await session.get_one(Utility, subscriber.utility_id)
    held = Held(subscriber, utility, invitation.hold)
    _note(session, viewer, held, "Délégué accepté", viewer.email, invitation.hold)
    await session.flush()
    await tell_accepted(session, viewer, held, invitation)


def _note(session: AsyncSession, viewer: Viewer, held: Held, action: str, email: str, hold: Hold) -> None:
    audit.record(
        session,
        viewer,
        action,
        f"Abonné {held.subscriber.number}",
        utility_id=held.utility.id,
        details={"adresse": email, "droit": hold},
    )
