"""Hashes of passwords: slow on purpose, never in the event loop's way."""

import asyncio
from time import perf_counter

import pytest

from portail_app.services.passwords import hash_password, verify_password
from tests.passwords import PASSWORD


@pytest.fixture(scope="module")
async def argon2():
    return await hash_password(PASSWORD)


async def test_a_password_opens_its_own_hash_and_no_other(argon2):
    assert await verify_password(argon2, PASSWORD)
    assert not await verify_password(argon2, PASSWORD + " ")
    assert not await verify_password(argon2, PASSWORD.lower())


def test_the_hash_is_argon2id_with_the_parameters_of_owasp(argon2):
    assert argon2.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in argon2


async def test_the_same_letters_from_another_keyboard_are_the_same_password():
    composed, decomposed = "été", "e\u0301te\u0301"
    assert await verify_password(await hash_password(composed), decomposed)


@pytest.mark.parametrize("broken", ["", "clear text", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
async def test_a_broken_hash_opens_for_nobody(broken):
    assert not await verify_password(broken, PASSWORD)
    assert not await verify_password(broken, "")


async def test_an_unknown_account_takes_as_long_as_a_known_one(argon2):
    await verify_password(None, PASSWORD)
    known = await seconds(verify_password(argon2, "faux"))
    unknown = await seconds(verify_password(None, "faux"))
    assert unknown > known / 4


async def test_the_decoy_of_unknown_accounts_opens_for_nobody():
    assert not await verify_password(None, "")


async def test_others_are_served_while_hashes_are_made(argon2):
    async def serve_others():
        turns = 0
        while True:
            await asyncio.sleep(0)
            turns += 1
            served.append(turns)

    served: list[int] = []
    others = asyncio.create_task(serve_others())
    await asyncio.gather(*(verify_password(argon2, "faux") for _ in range(4)))
    others.cancel()
    assert len(served) > 50


async def seconds(work):
    start = perf_counter()
    await work
    return perf_counter() - start
