"""One e-mail is one account, which holds the subscribers that it has proven."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AccountSubscriber, Hold, LinkKind, Subscriber
from portail_app.errors import LinkRefused
from portail_app.reading import reader_of
from portail_app.services.access_links import write_link
from portail_app.services.accounts import open_account
from portail_app.services.attempt_limits import ACCOUNT_SIGN_IN, account_key, count_try
from portail_app.services.credentials import confirm_credentials, find_credentials
from portail_app.services.password_links import choose_password, find_owner, has_been_sent
from portail_app.services.sessions import find_viewer
from tests.factories import NOW, create_subscriber, create_utility
from tests.passwords import hashed

DENISE = "denise@example.fr"
HOUR = timedelta(hours=1)


@pytest.fixture
async def utility(session):
    return await create_utility(session, activation_needs_code=True, password_min_length=10)


async def test_two_accounts_cannot_share_an_address(session):
    one = await open_account(session, DENISE, NOW)
    other = await open_account(session, " DENISE@example.FR", NOW)
    assert one.id == other.id
    assert one.activated_at is None


async def test_an_account_that_is_not_active_signs_nobody_in(session):
    await open_account(session, DENISE, NOW)
    assert await find_credentials(session, DENISE) is None


async def test_choosing_a_password_activates_the_account_under_the_subscribers_name(session, utility):
    await create_subscriber(session, utility, email=DENISE, number="4217", name="Denise Roche")
    account = await activate(session, codes={"4217"})
    assert (account.activated_at, account.name) == (NOW, "Denise Roche")
    assert (await find_credentials(session, DENISE)).argon2 == hashed()


async def test_an_account_keeps_the_name_that_it_has(session, utility):
    await create_subscriber(session, utility, email=DENISE, number="4217", name="Denise Roche")
    await activate(session, codes={"4217"})
    await create_subscriber(session, utility, email=DENISE, number="4218", name="Boulangerie Roche")
    assert (await activate(session, codes={"4218"})).name == "Denise Roche"
    assert await held_numbers(session) == {"4217", "4218"}


async def test_only_the_subscribers_whose_code_was_given_are_held(session, utility):
    await create_subscriber(session, utility, email=DENISE, number="4217")
    await create_subscriber(session, utility, email=DENISE, number="4218")
    await create_subscriber(session, utility, email="voisin@example.fr", number="4219")
    await activate(session, codes={"4217", "4219"})
    assert await held_numbers(session) == {"4217"}


async def test_several_codes_hold_several_subscribers(session, utility):
    for number in ("4217", "4218"):
        await create_subscriber(session, utility, email=DENISE, number=number)
    await activate(session, codes={"4217", "4218"})
    assert await held_numbers(session) == {"4217", "4218"}


async def test_where_no_code_is_needed_all_that_carry_the_address_are_held(session, utility):
    plain = await create_utility(session, activation_needs_code=False)
    await create_subscriber(session, utility, email=DENISE, number="4217")
    for number in ("1", "2"):
        await create_subscriber(session, plain, email=DENISE, number=number)
    await activate(session, codes=set())
    assert await held_numbers(session) == {"1", "2"}
    holds = (await session.exec(select(AccountSubscriber.hold))).all()
    assert set(holds) == {Hold.HOLDER}


async def test_a_renewal_takes_no_code(session, utility):
    await create_subscriber(session, utility, email=DENISE, number="4217")
    await activate(session, codes={"4217"}, kind=LinkKind.RENEWAL)
    assert await held_numbers(session) == set()


async def test_a_new_password_ends_every_session_and_every_link(session, cast):
    link = await link_of(session, cast.alice.viewer.account_id)
    other = await link_of(session, cast.alice.viewer.account_id)
    await choose_password(session, link.token, hashed(), NOW)

    assert await find_viewer(await reader_of(session), cast.alice.token, NOW) is None
    assert await find_viewer(await reader_of(session), cast.bruno.token, NOW) is not None
    with pytest.raises(LinkRefused):
        await choose_password(session, other.token, hashed(), NOW)


async def test_a_new_password_lets_in_whoever_waited_after_too_many_tries(session, cast):
    key = account_key("connexion", "alice@example.fr")
    for _ in range(5):
        await count_try(session, key, ACCOUNT_SIGN_IN, NOW)
    link = await link_of(session, cast.alice.viewer.account_id)
    await choose_password(session, link.token, hashed(), NOW)
    await count_try(session, key, ACCOUNT_SIGN_IN, NOW)


async def test_a_password_changed_meanwhile_no_longer_signs_in(session, cast):
    for argon2 in (hashed(), "$argon2id$another"):
        link = await link_of(session, cast.alice.viewer.account_id)
        await choose_password(session, link.token, argon2, NOW)
        if argon2 == hashed():
            before = await find_credentials(session, "alice@example.fr")
    with pytest.raises(Exception, match="incorrect"):
        await confirm_credentials(session, before)
    await confirm_credentials(session, await find_credentials(session, "alice@example.fr"))


async def test_what_is_known_of_the_owner_may_not_make_the_password(session, utility):
    await create_subscriber(session, utility, email=DENISE, number="4217", name="Denise Roche")
    account = await open_account(session, DENISE, NOW)
    link = await link_of(session, account.id)
    _, owner = await find_owner(session, link.token, NOW)
    assert owner.numbers == {"4217"}
    assert {"denise", "roche", "example"} <= owner.words
    assert owner.least_length == 10


async def test_a_link_that_is_over_was_still_sent(session, cast):
    link = await link_of(session, cast.alice.viewer.account_id)
    await choose_password(session, link.token, hashed(), NOW)
    assert await has_been_sent(session, link.token)
    assert not await has_been_sent(session, "faux")


async def link_of(session, account_id, kind=LinkKind.RENEWAL, codes=frozenset()):
    return await write_link(session, account_id, kind, NOW, NOW + HOUR, codes)


async def activate(session, *, codes, kind=LinkKind.ACTIVATION):
    account = await open_account(session, DENISE, NOW)
    link = await link_of(session, account.id, kind, frozenset(codes))
    return await choose_password(session, link.token, hashed(), NOW)


async def held_numbers(session):
    held = select(Subscriber.number).join(AccountSubscriber, AccountSubscriber.subscriber_id == Subscriber.id)
    return set((await session.exec(held)).all())
