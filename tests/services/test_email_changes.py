"""« Changer l'adresse mail »."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlmodel import select

from models import AccessLink, Account, AuditEntry, EmailChange, Hold, LinkKind, Mail, MailBody, Subscriber
from portail_app.database import transaction
from portail_app.errors import Invalid, LinkRefused
from portail_app.services.access_links import find_link, use_link, write_link
from portail_app.services.accounts import activate, open_account
from portail_app.services.email_changes import (
    SAME,
    TAKEN,
    VALID_FOR,
    ask_for_email,
    cancel_pending,
    change_email,
    find_pending,
)
from portail_app.services.holds import list_held
from portail_app.viewer import Viewer
from tests.factories import NOW, appoint, create_account, create_subscriber, link
from tests.jobs.outbox import run_sql

NEW = "alice.martin@example.org"


async def ask(session, viewer, email=NEW):
    """The token that the new address was sent."""
    await ask_for_email(session, viewer, email, NOW)
    return (await tokens(session, email))[-1]


async def tokens(session, email=NEW):
    sent = (
        select(MailBody.text).join(Mail, Mail.id == MailBody.mail_id).where(Mail.recipient == email).order_by(Mail.id)
    )
    return [re.search(r"lien=(\S+)", text)[1] for text in (await session.exec(sent)).all()]


async def recipients(session):
    return list((await session.exec(select(Mail.recipient).order_by(Mail.id))).all())


async def test_the_new_address_gets_a_link_and_the_old_one_is_told(session, alice):
    await ask(session, alice)
    assert await recipients(session) == [NEW, "alice@example.fr"]
    assert await find_pending(session, alice, NOW) is not None
    assert (await session.get_one(Account, alice.account_id)).email == "alice@example.fr"


async def test_the_link_changes_the_address_and_what_billing_knows_by_it(session, alice):
    assert await change_email(session, await ask(session, alice), NOW) == NEW
    assert (await session.get_one(Account, alice.account_id)).email == NEW
    assert (await session.exec(select(Subscriber.email).where(Subscriber.email == NEW))).all() == [NEW]
    (change,) = (await session.exec(select(EmailChange))).all()
    assert (change.former, change.chosen, change.changed_at) == ("alice@example.fr", NEW, NOW)
    assert (await recipients(session))[-1] == "alice@example.fr"


async def test_the_service_is_asked_to_follow_and_the_journal_says_so(session, cast, alice):
    cast.utility.email = "service@example.fr"
    session.add(cast.utility)
    await change_email(session, await ask(session, alice), NOW)
    assert "service@example.fr" in await recipients(session)
    (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (entry.action, entry.subject, entry.details) == (
        "Adresse mail changée",
        NEW,
        {"avant": "alice@example.fr"},
    )


async def test_the_link_serves_once(session, alice):
    token = await ask(session, alice)
    await change_email(session, token, NOW)
    with pytest.raises(LinkRefused, match="déjà servi"):
        await change_email(session, token, NOW)


async def test_the_link_ends(session, alice):
    token = await ask(session, alice)
    assert await find_pending(session, alice, NOW + VALID_FOR) is None
    with pytest.raises(LinkRefused, match="n’est plus valide"):
        await change_email(session, token, NOW + VALID_FOR)
    assert (await session.get_one(Account, alice.account_id)).email == "alice@example.fr"


async def test_a_link_that_proves_an_address_chooses_no_password(session, alice):
    token = await ask(session, alice)
    for look in (find_link(session, token, NOW), use_link(session, token, NOW)):
        with pytest.raises(LinkRefused, match="n’est pas valable"):
            await look


async def test_a_link_that_chooses_a_password_proves_no_address(session, alice):
    link = await write_link(session, alice.account_id, LinkKind.RENEWAL, NOW, NOW + timedelta(hours=1))
    with pytest.raises(LinkRefused, match="n’est pas valable"):
        await change_email(session, link.token, NOW)


async def test_no_link_sent_to_the_old_mailbox_outlives_the_change(session, alice):
    old = await write_link(session, alice.account_id, LinkKind.RENEWAL, NOW, NOW + timedelta(hours=1))
    await change_email(session, await ask(session, alice), NOW)
    with pytest.raises(LinkRefused):
        await use_link(session, old.token, NOW)


async def test_asking_for_another_address_ends_the_first_link(session, alice):
    mistyped = await ask(session, alice, "alcie@example.org")
    await ask(session, alice)
    with pytest.raises(LinkRefused, match="déjà servi"):
        await change_email(session, mistyped, NOW)
    assert (await find_pending(session, alice, NOW)).email == NEW


async def test_what_was_asked_for_can_be_cancelled(session, alice):
    token = await ask(session, alice)
    await cancel_pending(session, alice, NOW)
    assert await find_pending(session, alice, NOW) is None
    with pytest.raises(LinkRefused):
        await change_email(session, token, NOW)


async def test_ones_own_address_and_another_accounts_are_refused(session, alice, bruno):
    for email, sentence in (("alice@example.fr", SAME), (bruno.email, TAKEN)):
        with pytest.raises(Invalid) as refused:
            await ask_for_email(session, alice, email, NOW)
        assert (refused.value.sentence, refused.value.field) == (sentence, "email")
    assert await recipients(session) == []


async def test_an_address_that_another_account_took_meanwhile_is_refused_and_nothing_changes(town):
    async with transaction(town.alice.viewer) as session:
        token = await ask(session, town.alice.viewer)
        await create_account(session, NEW)
    with pytest.raises(Invalid, match=re.escape(TAKEN)):
        async with transaction(Viewer.system()) as session:
            await change_email(session, token, NOW)
    assert run_sql("SELECT count(*) FROM access_link WHERE used_at IS NOT NULL") == [(0,)]
    assert run_sql("SELECT count(*) FROM email_change") == [(0,)]


async def test_of_two_accounts_that_prove_the_same_address_at_once_one_gets_it(town):
    async with transaction(Viewer.system()) as session:
        await ask_for_email(session, town.alice.viewer, NEW, NOW)
        await ask_for_email(session, town.bruno.viewer, NEW, NOW)
        both = await tokens(session)

    async def prove(token):
        async with transaction(Viewer.system()) as session:
            await change_email(session, token, NOW)

    outcomes = await asyncio.gather(*map(prove, both), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "NoneType"]
    assert run_sql("SELECT count(*) FROM account WHERE email = %s", NEW) == [(1,)]


async def test_an_account_that_nobody_ever_activated_gives_way(session, alice):
    unopened = await open_account(session, NEW, NOW)
    await write_link(session, unopened.id, LinkKind.ACTIVATION, NOW, NOW + timedelta(hours=1))
    await change_email(session, await ask(session, alice), NOW)
    assert (await session.exec(select(Account.id).where(Account.email == NEW))).all() == [alice.account_id]


async def test_who_reads_the_old_mailbox_later_gets_none_of_her_subscribers(session, cast, alice):
    """Even where billing still writes the old address."""
    await change_email(session, await ask(session, alice), NOW)
    (subscriber,) = (await session.exec(select(Subscriber).where(Subscriber.email == NEW))).all()
    subscriber.email = "alice@example.fr"
    session.add(subscriber)
    stranger = await open_account(session, "alice@example.fr", NOW)
    await activate(session, stranger, "x", NOW, [subscriber.number])
    assert await list_held(session, Viewer(account_id=stranger.id)) == []
    assert [one.subscriber.id for one in await list_held(session, alice)] == [subscriber.id]


async def test_a_neighbours_subscriber_with_her_old_address_is_left_alone(session, cast, alice, bruno):
    (his,) = [held.subscriber for held in await list_held(session, bruno)]
    his.email = "alice@example.fr"
    session.add(his)
    await change_email(session, await ask(session, alice), NOW)
    await session.refresh(his)
    assert his.email == "alice@example.fr"


@pytest.mark.parametrize(
    ("hold", "known_as", "follows"),
    [
        (Hold.HOLDER, "alice@example.fr", True),
        (Hold.HOLDER, "autre@example.fr", False),
        (Hold.MAY_PAY, "alice@example.fr", False),
    ],
    ids=["her own", "her own by another address", "whose delegate she is"],
)
async def test_billing_follows_where_it_knew_her_own_subscription_by_the_former_address(
    session, cast, alice, hold, known_as, follows
):
    second = await create_subscriber(session, cast.utility, email=known_as)
    await link(session, await session.get_one(Account, alice.account_id), second, hold)
    await change_email(session, await ask(session, alice), NOW)
    await session.refresh(second)
    assert second.email == (NEW if follows else known_as)


async def test_what_she_left_bars_nobody_from_what_was_never_hers(session, cast, alice):
    """Her former address may be given again: whoever has it now holds what billing knows of them by it."""
    await change_email(session, await ask(session, alice), NOW)
    theirs = await create_subscriber(session, cast.utility, email="alice@example.fr", number="4217")
    newcomer = await open_account(session, "alice@example.fr", NOW)
    await activate(session, newcomer, "x", NOW, ["4217"])
    assert [one.subscriber.id for one in await list_held(session, Viewer(account_id=newcomer.id))] == [theirs.id]


async def test_the_address_of_an_agent_who_has_not_come_in_yet_is_not_free(session, cast, alice):
    agent = await open_account(session, NEW, NOW)
    await appoint(session, agent, cast.utility)
    with pytest.raises(Invalid, match=TAKEN):
        await ask_for_email(session, alice, NEW, NOW)
    assert (await session.get_one(Account, agent.id)).email == NEW


async def test_only_the_hash_of_the_link_is_kept(session, alice):
    token = await ask(session, alice)
    (row,) = (await session.exec(select(AccessLink))).all()
    assert token.encode() not in row.token_hash
    assert (row.kind, row.email) == (LinkKind.EMAIL, NEW)
