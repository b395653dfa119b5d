"""« Historique des accès »: who came in, from where, and which agents looked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessKind, AccessRecord, Account, AccountSubscriber, Hold, StaffRank, StaffRole, Subscriber
from portail_app.viewer import Viewer

SAME_LOOK_WITHIN = timedelta(hours=1)
SHOWN = 100
RANKS = {StaffRank.AGENT: "Agent", StaffRank.MANAGER: "Responsable", StaffRank.ADMINISTRATOR: "Administrateur"}


@dataclass(frozen=True, slots=True)
class Access:
    """A line of the history. Where a delegate signs in from is theirs: `browser` and `address` are then empty. `role`
    is that of who looked, in the utility that bills the subscriber."""

    at: datetime
    kind: str
    who: str
    role: str
    is_me: bool
    subject: str
    browser: str
    address: str


async def record_staff_look(
    session: AsyncSession, viewer: Viewer, subscriber_id: int, subject: str, now: datetime
) -> None:
    """`subject` is what was looked at, in words (« Facture 2017-020-002059 »); the same within the hour counts once.
    Nothing is written of who is no agent, or looks at what is their own."""
    if viewer.account_id is None or not viewer.is_staff or subscriber_id in viewer.subscriber_ids:
        return
    same = select(AccessRecord.id).where(
        AccessRecord.kind == AccessKind.STAFF_LOOK,
        AccessRecord.account_id == viewer.account_id,
        AccessRecord.subscriber_id == subscriber_id,
        AccessRecord.subject == subject[:120],
        col(AccessRecord.at) > now - SAME_LOOK_WITHIN,
    )
    if (await session.exec(same.limit(1))).first() is None:
        session.add(
            AccessRecord(
                kind=AccessKind.STAFF_LOOK,
                account_id=viewer.account_id,
                subscriber_id=subscriber_id,
                subject=subject[:120],
                at=now,
            )
        )
        await session.flush()


async def list_accesses(session: AsyncSession, viewer: Viewer, limit: int = SHOWN) -> list[Access]:
    """The newest first: one's own sign-ins, and for a holder those of delegates and the looks of staff."""
    held = select(AccountSubscriber.subscriber_id).where(
        AccountSubscriber.account_id == viewer.account_id, AccountSubscriber.hold == Hold.HOLDER
    )
    delegates = select(AccountSubscriber.account_id).where(
        col(AccountSubscriber.subscriber_id).in_(held), AccountSubscriber.hold != Hold.HOLDER
    )
    readable = or_(
        and_(AccessRecord.kind == AccessKind.SIGN_IN, AccessRecord.account_id == viewer.account_id),
        and_(AccessRecord.kind == AccessKind.SIGN_IN, col(AccessRecord.account_id).in_(delegates)),
        and_(AccessRecord.kind == AccessKind.STAFF_LOOK, col(AccessRecord.subscriber_id).in_(held)),
    )
    newest = (
        select(AccessRecord, Account, StaffRole.rank)
        .join(Account, col(Account.id) == AccessRecord.account_id)
        .join(Subscriber, col(Subscriber.id) == col(AccessRecord.subscriber_id), isouter=True)
        .join(
            StaffRole,
            and_(
                col(StaffRole.account_id) == AccessRecord.account_id,
                col(StaffRole.utility_id) == col(Subscriber.utility_id),
            ),
            isouter=True,
        )
        .where(readable)
        .order_by(col(AccessRecord.at).desc(), col(AccessRecord.id).desc())
        .limit(limit)
    )
    return [_shown(*found, viewer) for found in (await session.exec(newest)).all()]


def _shown(record: AccessRecord, account: Account, rank: str | None, viewer: Viewer) -> Access:
    """Who has left the utility since was its agent all the same."""
    is_look = record.kind is AccessKind.STAFF_LOOK
    is_me = record.account_id == viewer.account_id
    return Access(
        at=record.at,
        kind=record.kind.value,
        who=account.name or ("Un agent" if is_look else account.email),
        role=RANKS[StaffRank(rank or StaffRank.AGENT)] if is_look else "",
        is_me=is_me,
        subject=record.subject,
        browser=record.browser if is_me else "",
        address=record.address if is_me else "",
    )
