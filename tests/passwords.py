"""The passwords of the tests, each hashed once: Argon2 is slow on purpose."""

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.services.credentials import write_password

PASSWORD = "Ruisseau-1789"


@cache
def hashed(password: str = PASSWORD) -> str:
    """Made in a blink: the parameters are in the hash, so verifying it is quick as well."""
    return PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash(password)


async def give_password(session: AsyncSession, account_id: int, now: datetime, password: str = PASSWORD) -> None:
    await write_password(session, account_id, hashed(password), now)
