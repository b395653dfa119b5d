"""How often one may try."""

import asyncio
from datetime import timedelta

import pytest

from portail_app.database import transaction
from portail_app.errors import TooManyTries
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
from tests.factories import NOW

KEY = account_key("connexion", "alice@example.fr")
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


async def test_five_tries_then_a_wait_of_one_minute(session):
    await try_times(session, 5)
    with pytest.raises(TooManyTries, match="Réessayez dans 1 minute"):
        await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW)


async def test_the_wait_doubles_each_time_up_to_two_hours(session):
    await try_times(session, 4)
    waits, now = [], NOW
    for _ in range(9):
        await count_try(session, KEY, ACCOUNT_SIGN_IN, now)
        waits.append(await wait(session, now))
        now += timedelta(minutes=waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 64, 120, 120]


async def test_a_guesser_has_twenty_five_tries_a_day_at_most(session):
    tries, now = 0, NOW
    while now < NOW + timedelta(hours=24):
        try:
            await count_try(session, KEY, ACCOUNT_SIGN_IN, now)
            tries += 1
        except TooManyTries:
            now += 4 * MINUTE
    assert 15 < tries <= 25


async def test_waiting_does_not_prolong_the_wait(session):
    await try_times(session, 5)
    for _ in range(10):
        with pytest.raises(TooManyTries):
            await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + MINUTE / 2)
    await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + MINUTE)


async def test_nobody_is_locked_out_for_good(session):
    await try_times(session, 5)
    await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + MINUTE)
    await try_times(session, 5, NOW + timedelta(hours=25))


@pytest.mark.parametrize(
    ("limit", "tries", "minutes"),
    [(ACCOUNT_SIGN_IN, 5, 1), (ADDRESS_SIGN_IN, 50, 1), (ACCOUNT_MAIL, 3, 2), (ADDRESS_MAIL, 20, 1)],
    ids=["sign-ins of an account", "sign-ins from an address", "mails to an account", "mails from an address"],
)
async def test_each_limit_lets_so_many_tries_through_and_not_one_more(session, limit, tries, minutes):
    for _ in range(tries):
        await count_try(session, KEY, limit, NOW)
    with pytest.raises(TooManyTries, match=f"Réessayez dans {minutes} minute"):
        await count_try(session, KEY, limit, NOW)
    await count_try(session, KEY, limit, NOW + minutes * MINUTE)


async def test_the_wait_ends_at_its_second_and_not_before(session):
    await try_times(session, 5)
    with pytest.raises(TooManyTries):
        await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + MINUTE - SECOND)
    await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + MINUTE)


async def test_a_day_after_the_first_try_one_begins_anew_and_a_second_earlier_one_does_not(session):
    day = timedelta(hours=24)
    await try_times(session, 4)
    await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + day - SECOND)
    with pytest.raises(TooManyTries):
        await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW + day - SECOND)
    await forget_tries(session, KEY)
    await try_times(session, 4)
    await try_times(session, 4, NOW + day)


async def test_a_try_given_back_ends_the_wait_that_it_began(session):
    await try_times(session, 5)
    await give_back_try(session, KEY)
    await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW)
    with pytest.raises(TooManyTries):
        await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW)


async def test_forgetting_or_giving_back_what_was_never_tried_changes_nothing(session):
    await forget_tries(session, KEY)
    await give_back_try(session, KEY)
    await try_times(session, 5)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        *((0, "1 minute"), (1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (120, "2 minutes")),
        *((121, "3 minutes"), (7200, "120 minutes")),
    ],
)
def test_the_wait_is_said_in_whole_minutes_that_are_enough(seconds, said):
    assert TooManyTries(seconds).sentence == f"Trop de tentatives. Réessayez dans {said}."


async def test_a_success_forgets_the_tries(session):
    await try_times(session, 5)
    await forget_tries(session, KEY)
    await try_times(session, 5)


async def test_a_success_gives_its_try_back_to_the_address(session):
    limit = Limit(3, MINUTE, MINUTE, timedelta(hours=1))
    for _ in range(10):
        await count_try(session, KEY, limit, NOW)
        await give_back_try(session, KEY)


async def test_another_account_does_not_wait(session):
    await try_times(session, 5)
    await count_try(session, account_key("connexion", "bruno@example.fr"), ACCOUNT_SIGN_IN, NOW)


async def test_thousands_of_tries_are_still_counted(session):
    limit = Limit(1, timedelta(seconds=1), timedelta(seconds=1), timedelta(hours=24))
    for second in range(60):
        await count_try(session, KEY, limit, NOW + timedelta(seconds=second))


async def test_tries_made_at_once_are_all_counted(town):
    async def one():
        async with transaction(Viewer.system()) as session:
            await count_try(session, KEY, ACCOUNT_SIGN_IN, NOW)

    outcomes = await asyncio.gather(*(one() for _ in range(12)), return_exceptions=True)

    assert sum(1 for outcome in outcomes if outcome is None) == 5
    assert all(outcome is None or isinstance(outcome, TooManyTries) for outcome in outcomes)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("2001:db8:1:2::", "2001:db8:1:2:0:0:0:5")],
)
def test_a_subscriber_of_ipv6_has_one_key_for_all_their_addresses(one, other):
    assert address_key("connexion", one) == address_key("connexion", other)


def test_two_clients_have_two_keys():
    keys = {address_key("connexion", a) for a in ("192.0.2.1", "192.0.2.2", "2001:db8:1:2::1", "2001:db8:1:3::1", "?")}
    assert len(keys) == 5


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8:1:2::1", "?"])
def test_what_is_typed_as_an_email_is_never_the_key_of_somebodys_address(address):
    """Else five tries with the address of a town hall would keep all of its people out."""
    key = address_key("connexion", address)
    typed = (address, key, key.partition(" ")[2])
    assert key not in {account_key(purpose, one) for one in typed for purpose in ("connexion", "courrier")}


async def test_an_email_of_any_length_has_a_key_that_can_be_kept(session):
    await count_try(session, account_key("connexion", "a" * 5_000), ACCOUNT_SIGN_IN, NOW)
    assert account_key("connexion", "a" * 254) != account_key("connexion", "a" * 253)


async def try_times(session, times, now=NOW):
    for _ in range(times):
        await count_try(session, KEY, ACCOUNT_SIGN_IN, now)


async def wait(session, now):
    with pytest.raises(TooManyTries) as refused:
        await count_try(session, KEY, ACCOUNT_SIGN_IN, now)
    return int("".join(c for c in refused.value.sentence if c.isdigit()))
