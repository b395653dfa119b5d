"""Accounts: one e-mail is one account, which holds the subscribers that billing knows by that e-mail.

Having the mailbox proves the e-mail. Where a utility asks for the code (the subscriber's number), an account holds only
those of its subscribers whose number was given when the link was asked for: an address mistyped in billing gives nobody
somebody else's invoices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessSession, Account, LinkKind, StaffRole, Subscriber, Utility
from portail_app.database import execute_sql
from portail_app.services.attempt_limits import account_key, forget_tries
from portail_app.services.credentials import normal_email, write_password
from portail_app.services.delegate_invitations import accept_all, list_inviting
from portail_app.services.password_policy import Owner

_OPEN = text("INSERT INTO account (email, name, created_at) VALUES (:email, '', :now) ON CONFLICT (email) DO NOTHING")
_HOLD = text("""
    INSERT INTO account_subscriber (account_id, subscriber_id, hold)
    SELECT :account_id, s.id, 'titulaire' FROM subscriber s JOIN utility u ON u.id = s.utility_id
    WHERE s.email = :email AND (NOT u.activation_needs_code OR s.number = ANY(:codes))
    AND NOT EXISTS (  -- the holder's account has left this address: who reads that mailbox now proves nothing by it
        SELECT FROM email_change c JOIN account_subscriber own ON own.account_id = c.account_id
        WHERE c.former = :email AND own.account_id <> :account_id
            AND own.subscriber_id = s.id AND own.hold = 'titulaire'
    )
    ON CONFLICT (account_id, subscriber_id) DO NOTHING
""")
_NAME = text("""
    UPDATE account SET name = held.name
    FROM (SELECT min(s.name) AS name FROM subscriber s JOIN account_subscriber h ON h.subscriber_id = s.id
          WHERE h.account_id = :account_id) held
    WHERE account.id = :account_id AND account.name = '' AND held.name IS NOT NULL
""")


@dataclass(frozen=True, slots=True)
class Known:
    """All that the deployment knows of an e-mail."""

    account: Account | None
    subscribers: tuple[tuple[Subscriber, Utility], ...]
    staffed: tuple[Utility, ...]
    inviting: tuple[Utility, ...] = ()

    @property
    def is_active(self) -> bool:
        return self.account is not None and self.account.activated_at is not None

    @property
    def utilities(self) -> tuple[Utility, ...]:
        """Those concerned, by name."""
        all_of_them = (*self.staffed, *self.inviting, *(utility for _, utility in self.subscribers))
        concerned = {utility.id: utility for utility in all_of_them}
        return tuple(sorted(concerned.values(), key=lambda utility: utility.name))

    def may_activate(self, codes: frozenset[str]) -> bool:
        """Staff, invited delegates, and whoever has a subscriber that needs no code or whose code is given."""
        return bool(self.staffed or self.inviting) or any(
            not utility.activation_needs_code or subscriber.number in codes for subscriber, utility in self.subscribers
        )

    def valid_for(self, kind: LinkKind) -> timedelta:
        """The shortest that the utilities concerned have set."""
        if kind is LinkKind.ACTIVATION:
            return timedelta(hours=min((u.activation_link_hours for u in self.utilities), default=24))
        return timedelta(minutes=min((u.renewal_link_minutes for u in self.utilities), default=10))


async def find_known(session: AsyncSession, email: str) -> Known:
    account = (await session.exec(select(Account).where(Account.email == email))).one_or_none()
    subscribers = select(Subscriber, Utility).join(Utility).where(Subscriber.email == email)
    staffed = select(Utility).join(StaffRole).where(StaffRole.account_id == (account.id if account else None))
    return Known(
        account,
        tuple((subscriber, utility) for subscriber, utility in (await session.exec(subscribers)).all()),
        tuple((await session.exec(staffed)).all()),
        await list_inviting(session, email),
    )


async def open_account(session: AsyncSession, email: str, now: datetime) -> Account:
    """The account of an e-mail, made (not yet activated) where there is none."""
    email = normal_email(email)
    await execute_sql(session, _OPEN, email=email, now=now)
    return (await session.exec(select(Account).where(Account.email == email))).one()


async def owner_of(session: AsyncSession, account: Account) -> Owner:
    """What the account's password may not be made of."""
    known = await find_known(session, account.email)
    names = [account.name, account.email, *(utility.name for utility in known.utilities)]
    names += [subscriber.name for subscriber, _ in known.subscribers]
    least = max((utility.password_min_length for utility in known.utilities), default=0)
    return Owner.of((subscriber.number for subscriber, _ in known.subscribers), names, least)


async def activate(session: AsyncSession, account: Account, argon2: str, now: datetime, codes: Iterable[str]) -> None:
    """Give the account its password and the subscribers that it has proven; a renewal gives those that need no code."""
    assert account.id is not None
    is_new, account.activated_at = account.activated_at is None, account.activated_at or now
    session.add(account)
    await write_password(session, account.id, argon2, now)
    await execute_sql(session, _HOLD, account_id=account.id, email=account.email, codes=list(codes))
    await execute_sql(session, _NAME, account_id=account.id)
    if is_new:
        await accept_all(session, account, now)
    await session.refresh(account)
    await forget_tries(session, account_key("connexion", account.email))
    live = update(AccessSession).where(
        col(AccessSession.account_id) == account.id, col(AccessSession.revoked_at).is_(None)
    )
    await session.exec(live.values(revoked_at=now))
