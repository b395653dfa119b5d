"""Passwords: hashed by Argon2id in two threads of their own, so that a sign-in never holds the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from secrets import token_urlsafe
from typing import TypeVar
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

Answer = TypeVar("Answer")
_HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)  # OWASP Password Storage, Argon2id
_TWO_AT_ONCE = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def hash_password(password: str) -> str:
    return await _in_a_thread(_hash, password)


async def verify_password(argon2: str | None, password: str) -> bool:
    """Whether the password is that of the hash. Without a hash it takes as long, and is False."""
    return await _in_a_thread(_verify, argon2, password)


async def _in_a_thread(work: Callable[..., Answer], *arguments: str | None) -> Answer:
    return await asyncio.get_running_loop().run_in_executor(_TWO_AT_ONCE, work, *arguments)


def _hash(password: str) -> str:
    return _HASHER.hash(_normal(password))


def _verify(argon2: str | None, password: str) -> bool:
    try:
        _HASHER.verify(_decoy() if argon2 is None else argon2, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return argon2 is not None


@cache
def _decoy() -> str:
    return _HASHER.hash(token_urlsafe())


def _normal(password: str) -> str:
    """The same letters typed on two keyboards are the same password (NIST SP 800-63B, 5.1.1.2)."""
    return normalize("NFKC", password)
