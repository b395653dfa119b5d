"""Tries are counted before they are made, each in a transaction of its own: a refusal does not undo the count."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic

from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import transaction
from portail_app.services.attempt_limits import (
    ACCOUNT_MAIL,
    ACCOUNT_SIGN_IN,
    ADDRESS_MAIL,
    ADDRESS_SIGN_IN,
    Limit,
    account_key,
    address_key,
    count_try,
    forget_tries,
    give_back_try,
)
from portail_app.viewer import Viewer

SIGN_IN, MAIL = "connexion", "courrier"
SECONDS_TO_ANSWER = 0.3


@asynccontextmanager
async def as_long_for_anybody() -> AsyncIterator[None]:
    """What is done inside takes as long for an address that is known, to which a mail is written, as for another: the
    words of the answer are the same, and its time must not tell."""
    begun = monotonic()
    try:
        yield
    finally:
        await asyncio.sleep(begun + SECONDS_TO_ANSWER - monotonic())


async def count_sign_in(email: str, address: str) -> None:
    """Raises TooManyTries."""
    await _count(address_key(SIGN_IN, address), ADDRESS_SIGN_IN)
    await _count(account_key(SIGN_IN, email), ACCOUNT_SIGN_IN)


async def count_mail(email: str, address: str) -> None:
    """A mail asked for with an e-mail, known or not. Raises TooManyTries."""
    await _count(address_key(MAIL, address), ADDRESS_MAIL)
    await _count(account_key(MAIL, email), ACCOUNT_MAIL)


async def forgive(session: AsyncSession, email: str, address: str) -> None:
    """A sign-in that succeeded: its account's tries are forgotten, and this one of its address."""
    await forget_tries(session, account_key(SIGN_IN, email))
    await give_back_try(session, address_key(SIGN_IN, address))


async def _count(key: str, limit: Limit) -> None:
    async with transaction(Viewer.system()) as session:
        await count_try(session, key, limit, datetime.now(UTC))
