"""« Changer le mot de passe »."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AuditEntry, LinkKind, Mail
from portail_app.errors import Invalid, LinkRefused
from portail_app.services.access_links import use_link, write_link
from portail_app.services.credentials import Credentials, find_credentials
from portail_app.services.own_sessions import list_sessions
from portail_app.services.password_changes import change_password, find_own_rules
from portail_app.services.tickets import use_ticket, write_ticket
from tests.factories import NOW, sign_in
from tests.passwords import give_password


@pytest.fixture
async def proven(session, alice) -> Credentials:
    await give_password(session, alice.account_id, NOW)
    return await find_credentials(session, "alice@example.fr")


async def test_the_new_password_is_kept_and_other_sessions_end(session, alice, proven):
    from models import Account

    await sign_in(session, await session.get_one(Account, alice.account_id))
    assert await change_password(session, alice, proven, "nouveau", NOW) == 1
    assert (await find_credentials(session, "alice@example.fr")).argon2 == "nouveau"
    assert [one.is_this for one in await list_sessions(session, alice, NOW)] == [True]


async def test_no_link_sent_before_changes_it_again(session, alice, proven):
    link = await write_link(session, alice.account_id, LinkKind.RENEWAL, NOW, NOW + timedelta(hours=1))
    await change_password(session, alice, proven, "nouveau", NOW)
    with pytest.raises(LinkRefused):
        await use_link(session, link.token, NOW)


async def test_a_ticket_won_with_the_former_password_signs_nobody_in(session, alice, bruno, proven):
    """It lasts a minute: long enough for a thief to come in after the door was locked."""
    hers, his = [await write_ticket(session, one.account_id, "cookie", True, NOW) for one in (alice, bruno)]
    await change_password(session, alice, proven, "nouveau", NOW)
    assert await use_ticket(session, hers, "cookie", NOW) is None
    assert (await use_ticket(session, his, "cookie", NOW)).account_id == bruno.account_id


async def test_a_password_that_changed_since_it_was_proven_proves_nothing(session, alice, proven):
    await change_password(session, alice, proven, "nouveau", NOW)
    with pytest.raises(Invalid):
        await change_password(session, alice, proven, "encore", NOW)


async def test_its_owner_is_told_and_the_journal_says_so_without_the_password(session, cast, alice, proven):
    await change_password(session, alice, proven, "nouveau", NOW)
    (mail,) = (await session.exec(select(Mail))).all()
    assert (mail.recipient, mail.subject) == ("alice@example.fr", "Votre mot de passe a été changé")
    (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (entry.action, entry.utility_id) == ("Mot de passe changé", cast.utility.id)
    assert "nouveau" not in str(entry.model_dump())


async def test_a_neighbours_password_and_sessions_are_left_alone(session, alice, bruno, proven):
    await give_password(session, bruno.account_id, NOW)
    his = await find_credentials(session, "bruno@example.fr")
    await change_password(session, alice, proven, "nouveau", NOW)
    assert await find_credentials(session, "bruno@example.fr") == his
    assert len(await list_sessions(session, bruno, NOW)) == 1


async def test_the_rules_know_what_is_ones_own(session, alice):
    rules = await find_own_rules(session, alice)
    assert "martin" in rules.words
    assert len(rules.numbers) == 1
