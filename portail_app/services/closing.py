"""An account is closed: what the law keeps is kept, the rest goes.

Kept: what billing owns, invoices, payments, receipts and proofs of choices (ten years: accounting of public bodies,
Code de commerce L123-22 by analogy), requests, and the journal. Gone: the way in and all that was only the account's.
"""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, Hold, Request, Subscriber
from portail_app.database import execute_sql
from portail_app.services import audit
from portail_app.viewer import Viewer

NOBODY = "compte-supprime-{id}@supprime.invalid"

_LEAVE = (
    """
    DELETE FROM account_subscriber h USING subscriber s
    WHERE s.id = h.subscriber_id AND h.account_id = :account_id AND s.utility_id = :utility_id
    """,
    """
    DELETE FROM account_subscriber h USING subscriber s
    WHERE s.id = h.subscriber_id AND s.id = ANY(:left) AND NOT EXISTS (
        SELECT FROM account_subscriber o WHERE o.subscriber_id = s.id AND o.hold = 'titulaire')
    """,
    """
    UPDATE delegate_invitation SET withdrawn_at = :now
    WHERE subscriber_id = ANY(:left) AND account_id = :account_id
        AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
    """,
)
_FORGET = (
    "UPDATE access_session SET revoked_at = :now, user_agent = '', address = '' WHERE account_id = :account_id",
    "DELETE FROM password_hash WHERE account_id = :account_id",
    "DELETE FROM access_link WHERE account_id = :account_id",
    "DELETE FROM sign_in_ticket WHERE account_id = :account_id",
    "DELETE FROM notification_choice WHERE account_id = :account_id",
    "DELETE FROM notice_closing WHERE account_id = :account_id",
    "DELETE FROM request_draft WHERE account_id = :account_id",
    "WITH unsent AS (DELETE FROM request_attachment WHERE account_id = :account_id AND request_id IS NULL "
    "RETURNING file_id) DELETE FROM stored_file WHERE id IN (SELECT file_id FROM unsent)",
    "DELETE FROM email_change WHERE account_id = :account_id",
    "DELETE FROM access_record WHERE account_id = :account_id AND kind = 'connexion'",
    "UPDATE data_export SET expires_at = :now WHERE account_id = :account_id AND expires_at > :now",
    "UPDATE data_export SET failed_at = :now WHERE account_id = :account_id AND done_at IS NULL AND failed_at IS NULL",
)


async def close_account(session: AsyncSession, viewer: Viewer, request: Request, now: datetime) -> None:
    """This utility lets the account go; the last one deletes it. Once done, it changes nothing more."""
    left = (
        select(AccountSubscriber.subscriber_id)
        .join(Subscriber)
        .where(
            AccountSubscriber.account_id == request.opened_by,
            AccountSubscriber.hold == Hold.HOLDER,
            Subscriber.utility_id == request.utility_id,
        )
    )
    values = {
        "account_id": request.opened_by,
        "utility_id": request.utility_id,
        "left": list((await session.exec(left)).all()),
        "now": now,
    }
    for statement in _LEAVE:
        await execute_sql(session, text(statement), **values)
    still = select(AccountSubscriber.id).where(
        AccountSubscriber.account_id == request.opened_by, AccountSubscriber.hold == Hold.HOLDER
    )
    if (await session.exec(still)).first() is None:
        await forget_account(session, request.opened_by, now)
    audit.record(session, viewer, "Compte supprimé", request.number, utility_id=request.utility_id)
    await session.flush()


async def forget_account(session: AsyncSession, account_id: int, now: datetime) -> None:
    """The row stays, for what it signed; nothing in it says whose it was, and nobody comes in by it."""
    for statement in _FORGET:
        await execute_sql(session, text(statement), account_id=account_id, now=now)
    holds = "DELETE FROM account_subscriber WHERE account_id = :account_id"
    await execute_sql(session, text(holds), account_id=account_id)
    account = await session.get_one(Account, account_id, with_for_update={"key_share": True})
    account.email, account.name, account.activated_at = NOBODY.format(id=account_id), "Compte supprimé", None
    session.add(account)
    await session.flush()
