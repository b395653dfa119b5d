"""Rows for tests, with the defaults of an ordinary day. Each takes a session, flushes and returns the row."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from secrets import token_urlsafe

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    AccessSession,
    Account,
    AccountSubscriber,
    Hold,
    Invoice,
    Request,
    StaffRank,
    StaffRole,
    Subscriber,
    Utility,
)
from portail_app.reading import reader_of
from portail_app.services.notices import NoticeDraft
from portail_app.services.request_opening import open_request
from portail_app.services.request_sendings import Draft
from portail_app.services.sessions import find_viewer, hash_token
from portail_app.viewer import Viewer

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LEAK = {"lieu": "Après le compteur", "constatee": "2026-11-20", "reparee": "non", "description": "Sous l’évier."}
_numbers = count(1)


async def save(session: AsyncSession, row: SQLModel) -> SQLModel:
    session.add(row)
    await session.flush()
    return row


async def create_utility(session: AsyncSession, **values: object) -> Utility:
    n = next(_numbers)
    values = {"code": f"eau-{n}", "name": f"Régie des eaux {n}", "payfip_client": "004200", **values}
    return await save(session, Utility(**values))


async def create_subscriber(session: AsyncSession, utility: Utility, **values: object) -> Subscriber:
    n = next(_numbers)
    values = {"number": f"{100000 + n}", "name": f"Abonné {n}", "email": f"abonne{n}@example.fr", **values}
    return await save(session, Subscriber(utility_id=utility.id, **values))


async def create_account(session: AsyncSession, email: str, **values: object) -> Account:
    return await save(session, Account(email=email, activated_at=NOW, **values))


async def link(session: AsyncSession, account: Account, subscriber: Subscriber, hold: Hold = Hold.HOLDER) -> None:
    await save(session, AccountSubscriber(account_id=account.id, subscriber_id=subscriber.id, hold=hold))


async def let_in(session: AsyncSession, holder: Viewer, hold: Hold) -> Viewer:
    """A delegate of the holder's only subscriber."""
    (subscriber_id,) = holder.subscriber_ids
    account = await create_account(session, f"delegue{next(_numbers)}@example.fr")
    await link(session, account, await session.get_one(Subscriber, subscriber_id), hold)
    viewer, _ = await sign_in(session, account)
    return viewer


async def appoint(
    session: AsyncSession, account: Account, utility: Utility, rank: StaffRank = StaffRank.ADMINISTRATOR
) -> None:
    await save(session, StaffRole(account_id=account.id, utility_id=utility.id, rank=rank))


async def create_invoice(session: AsyncSession, owner: Viewer, **values: object) -> Invoice:
    """An open invoice of 243,11 € of the owner's only subscriber, unless told otherwise."""
    (subscriber_id,) = owner.subscriber_ids
    (utility_id,) = owner.subscribed_utility_ids
    defaults = {
        "number": f"2026-020-{next(_numbers):06d}",
        "subject": "Multi Services",
        "issued_on": TODAY - timedelta(days=20),
        "due_on": TODAY + timedelta(days=10),
        "amount_cents": 24311,
    }
    return await save(session, Invoice(subscriber_id=subscriber_id, utility_id=utility_id, **{**defaults, **values}))


def draft_notice(utility: Utility, **values: object) -> NoticeDraft:
    """An important notice of today, unless told otherwise; not yet published."""
    defaults = {"title": "Coupure d’eau", "body": "Jeudi de 8 h à 10 h.", "starts_on": date(2020, 1, 1)}
    return NoticeDraft(utility_id=utility.id, **{**defaults, **values})


async def sign_in(session: AsyncSession, account: Account) -> tuple[Viewer, str]:
    """A viewer and the token of their session's cookie."""
    token = token_urlsafe(32)
    expires_at = datetime.now(UTC) + timedelta(hours=12)
    await save(session, AccessSession(token_hash=hash_token(token), account_id=account.id, expires_at=expires_at))
    found = await find_viewer(await reader_of(session), token, datetime.now(UTC))
    assert found is not None
    return found[0], token


def draft_request(owner: Viewer, **values: object) -> Draft:
    """A leak that its owner is about to tell of, unless told otherwise."""
    (subscriber_id,) = owner.subscriber_ids
    defaults = {
        "type_code": "fuite",
        "subscriber_id": subscriber_id,
        "typed": LEAK,
        "key": f"cle-{next(_numbers):08d}",
    }
    return Draft(**{**defaults, **values})


async def send_request(session: AsyncSession, owner: Viewer, **values: object) -> Request:
    return await open_request(session, owner, draft_request(owner, **values), NOW)
