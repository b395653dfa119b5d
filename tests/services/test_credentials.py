"""What one signs in with: an address is the same however it is typed; a password that has changed proves nothing."""

import pytest
from sqlmodel import select

from models import Account, PasswordHash, SignInTicket
from portail_app.errors import Invalid
from portail_app.services.accounts import open_account
from portail_app.services.credentials import (
    WRONG,
    confirm_credentials,
    find_credentials,
    normal_email,
    valid_email,
    write_password,
)
from portail_app.services.tickets import use_ticket, write_ticket
from tests.factories import NOW, create_account
from tests.passwords import hashed

TYPED = ["alice@example.fr", " alice@example.fr", "alice@example.fr\n", "ALICE@EXAMPLE.FR", "\t Alice@Example.Fr "]
NONE = [
    *(
        "",
        " ",
        "alice",
        "alice@",
        "@example.fr",
        "alice@example",
        "alice@@example.fr",
        "a@b@c.fr",
        "alice example@a.fr",
    ),
    *("alice@exa mple.fr", "<alice@example.fr>", "Alice <alice@example.fr>", "alice@example.fr,bruno@example.fr"),
    *("alice@example.fr;bruno@example.fr", "alice@example.fr\nbruno@example.fr", 'a"b@example.fr', "a\\b@example.fr"),
    *("alice@example.", "alice@.", f"{'a' * 244}@example.fr"),
]


@pytest.mark.parametrize("typed", TYPED)
async def test_one_address_is_one_account_by_case_and_by_spaces(session, alice, typed):
    assert normal_email(typed) == valid_email(typed) == "alice@example.fr"
    assert (await open_account(session, typed, NOW)).id == alice.account_id
    assert len((await session.exec(select(Account).where(Account.email.icontains("alice")))).all()) == 1


@pytest.mark.parametrize("typed", TYPED)
async def test_one_signs_in_however_the_address_is_typed(session, alice, typed):
    await write_password(session, alice.account_id, hashed(), NOW)
    assert (await find_credentials(session, typed)).account_id == alice.account_id


@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_address_is_said_at_its_field_with_an_example(typed):
    with pytest.raises(Invalid) as refused:
        valid_email(typed)
    assert refused.value.sentence == "Saisissez une adresse mail complète, par exemple nom@exemple.fr."
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "typed", ["a@b.fr", "prénom.nom@régie-des-eaux.fr", "a+factures@b.co.uk", "o'neil@b.fr", f"{'a' * 243}@example.fr"]
)
def test_an_address_that_mail_servers_know_is_taken(typed):
    assert valid_email(typed) == typed


async def test_without_a_password_or_without_an_account_there_is_nothing_to_prove(session, alice):
    assert await find_credentials(session, "alice@example.fr") is None
    assert await find_credentials(session, "inconnue@example.fr") is None


async def test_an_account_that_was_closed_signs_nobody_in_though_its_password_were_still_there(session, alice):
    await write_password(session, alice.account_id, hashed(), NOW)
    (await session.get_one(Account, alice.account_id)).activated_at = None
    await session.flush()
    assert await find_credentials(session, "alice@example.fr") is None


async def test_the_last_password_written_is_the_only_one_and_says_since_when(session, alice):
    for argon2 in ("$argon2id$first", hashed()):
        await write_password(session, alice.account_id, argon2, NOW)
    (kept,) = (await session.exec(select(PasswordHash))).all()
    assert (kept.argon2, kept.changed_at) == (hashed(), NOW)


async def test_what_was_proven_by_the_former_password_is_proven_no_more(session, alice, bruno):
    await write_password(session, alice.account_id, "$argon2id$first", NOW)
    await write_password(session, bruno.account_id, "$argon2id$his", NOW)
    proven, his = [await find_credentials(session, one) for one in ("alice@example.fr", "bruno@example.fr")]
    await confirm_credentials(session, proven)
    await write_password(session, alice.account_id, hashed(), NOW)
    with pytest.raises(Invalid, match=WRONG):
        await confirm_credentials(session, proven)
    await confirm_credentials(session, his)


async def test_a_sign_in_that_the_former_password_won_lets_nobody_in_any_more(session, alice, bruno):
    for viewer in (alice, bruno):
        await write_password(session, viewer.account_id, "$argon2id$first", NOW)
    hers, his = [await write_ticket(session, one.account_id, "navigateur", False, NOW) for one in (alice, bruno)]
    await session.flush()
    await write_password(session, alice.account_id, hashed(), NOW)

    assert await use_ticket(session, hers, "navigateur", NOW) is None
    assert (await use_ticket(session, his, "navigateur", NOW)).account_id == bruno.account_id
    assert len((await session.exec(select(SignInTicket))).all()) == 2


async def test_an_account_has_its_password_and_not_its_neighbours(session, alice):
    other = await create_account(session, "daniel@example.org")
    await write_password(session, other.id, hashed(), NOW)
    assert await find_credentials(session, "alice@example.fr") is None
