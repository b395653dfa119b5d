"""« Supprimer mon compte »: asked for, decided by staff; the way in goes, what the law keeps stays."""

import asyncio
import re

import pytest
from sqlmodel import select

from models import Account, AccountSubscriber, Hold, Invoice, LinkKind, Mail, Request, RequestStatus, Subscriber
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.reading import reader_of
from portail_app.services.access_links import find_any_link, write_link
from portail_app.services.accounts import activate, open_account
from portail_app.services.credentials import find_credentials
from portail_app.services.data_decisions import Decision, decide_change
from portail_app.services.data_reviews import list_reviews
from portail_app.services.deletions import ASKED_ALREADY, ask_for_deletion, list_asked
from portail_app.services.holds import list_held
from portail_app.services.mails import write_mail
from portail_app.services.own_changes import list_own
from portail_app.services.sessions import Browser, find_viewer, open_session
from portail_app.viewer import Viewer
from tests.factories import NOW, create_account, create_invoice, create_subscriber, create_utility, link
from tests.jobs.outbox import run_sql
from tests.passwords import give_password

KEY = "0123456789abcdef"


async def decide(session, viewer, request, *, is_accepted=True):
    (review,) = await list_reviews(session, viewer, request)
    decision = Decision(review.id, is_accepted, review.current, "" if is_accepted else "Une facture reste due.")
    await decide_change(session, viewer, request.number, decision, NOW)


async def test_it_is_a_request_and_nothing_goes_yet(session, alice):
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    assert request.summary == "Suppression du compte"
    assert [one.request for one in await list_asked(session, alice)] == [request.number]
    assert (await session.get_one(Account, alice.account_id)).email == "alice@example.fr"


async def test_a_sign_in_that_crosses_the_deletion_opens_nothing(session, alice, chloe):
    """Its ticket was used at the same moment: its session is written after the others were ended."""
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    await decide(session, chloe, request)
    late = await open_session(session, alice.account_id, Browser(), NOW, remember=True)
    await session.flush()
    assert await find_viewer(await reader_of(session), late, NOW) is None


async def test_the_way_in_goes_and_what_billing_owns_stays(session, cast, alice, chloe):
    await give_password(session, alice.account_id, NOW)
    invoice = await create_invoice(session, alice)
    renewal = await write_link(session, alice.account_id, LinkKind.RENEWAL, NOW, NOW)
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)

    await decide(session, chloe, request)

    assert request.status is RequestStatus.RESOLVED
    account = await session.get_one(Account, alice.account_id)
    assert (account.email.endswith(".invalid"), account.name) == (True, "Compte supprimé")
    assert await find_credentials(session, "alice@example.fr") is None
    assert await find_viewer(await reader_of(session), cast.alice.token, NOW) is None
    with pytest.raises(Exception, match="n’est pas valable"):
        await find_any_link(session, renewal.token)
    assert await list_held(session, alice) == []
    assert (await session.get_one(Invoice, invoice.id)).amount_cents == 24311
    assert (await session.exec(select(Subscriber.name))).all().count("Alice Martin") == 1


async def test_who_asked_is_told_at_the_address_they_had(session, alice, chloe):
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    await decide(session, chloe, request)
    recipients = (await session.exec(select(Mail.recipient).order_by(Mail.id))).all()
    assert recipients == ["alice@example.fr", "alice@example.fr"]


async def test_a_refusal_says_why_and_changes_nothing(session, alice, chloe):
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    await decide(session, chloe, request, is_accepted=False)
    (told,) = await list_own(session, alice)
    assert (told.status, told.reason) == ("refusee", "Une facture reste due.")
    assert (await session.get_one(Account, alice.account_id)).email == "alice@example.fr"


async def test_it_is_asked_for_once(session, alice):
    (first,) = await ask_for_deletion(session, alice, KEY, NOW)
    (same,) = await ask_for_deletion(session, alice, KEY, NOW)
    assert same.number == first.number
    with pytest.raises(Invalid, match=re.escape(ASKED_ALREADY)):
        await ask_for_deletion(session, alice, "another-key-1", NOW)


async def test_a_double_click_makes_one_request(town):
    async def ask():
        async with transaction(town.alice.viewer) as session:
            await ask_for_deletion(session, town.alice.viewer, KEY, NOW)

    await asyncio.gather(ask(), ask())
    assert run_sql("SELECT count(*) FROM request") == [(1,)]


async def test_each_utility_lets_go_of_its_own_and_the_last_one_deletes_the_account(session, cast, alice, chloe):
    other = await create_utility(session)
    second = await create_subscriber(session, other, name="Alice Martin, résidence")
    await link(session, await session.get_one(Account, alice.account_id), second)
    both = Viewer(
        account_id=alice.account_id,
        email=alice.email,
        subscriber_ids=alice.subscriber_ids | {second.id},
        payable_subscriber_ids=alice.subscriber_ids | {second.id},
        subscribed_utility_ids=alice.subscribed_utility_ids | {other.id},
    )
    requests = await ask_for_deletion(session, both, KEY, NOW)
    assert {one.utility_id for one in requests} == {cast.utility.id, other.id}

    await decide(session, chloe, next(one for one in requests if one.utility_id == cast.utility.id))

    assert [one.subscriber.id for one in await list_held(session, both)] == [second.id]
    assert (await session.get_one(Account, alice.account_id)).email == "alice@example.fr"


async def test_those_whom_she_let_in_are_let_out(session, alice, bruno, chloe):
    (hers,) = alice.subscriber_ids
    session.add(AccountSubscriber(account_id=bruno.account_id, subscriber_id=hers, hold=Hold.MAY_SEE))
    await session.flush()
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    await decide(session, chloe, request)
    assert [one.subscriber.id for one in await list_held(session, bruno)] == list(bruno.subscriber_ids)


async def test_a_delegate_who_is_nobodys_subscriber_is_deleted_at_once(session, cast, alice):
    account = await create_account(session, "daniel@example.org")
    (hers,) = alice.subscriber_ids
    session.add(AccountSubscriber(account_id=account.id, subscriber_id=hers, hold=Hold.MAY_SEE))
    await session.flush()
    viewer = Viewer(account_id=account.id, email=account.email, subscriber_ids=alice.subscriber_ids)
    assert await ask_for_deletion(session, viewer, KEY, NOW) == []
    assert account.email.endswith(".invalid")
    assert (await session.exec(select(Request))).all() == []


async def test_staff_are_told_to_see_their_administrator(session, chloe):
    with pytest.raises(Invalid, match="administrateur"):
        await ask_for_deletion(session, chloe, KEY, NOW)


async def test_a_neighbour_is_left_alone(session, cast, alice, bruno, chloe):
    await give_password(session, bruno.account_id, NOW)
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    await decide(session, chloe, request)
    assert await find_credentials(session, "bruno@example.fr") is not None
    assert await find_viewer(await reader_of(session), cast.bruno.token, NOW) is not None


async def test_the_neighbour_does_not_decide(session, alice, bruno):
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    with pytest.raises(NotFound):
        await decide_change(session, bruno, request.number, Decision(1, True, "Ouvert"), NOW)


async def test_she_may_come_back_later_with_a_new_account(session, alice, chloe):
    (request,) = await ask_for_deletion(session, alice, KEY, NOW)
    await decide(session, chloe, request)
    (subscriber,) = (await session.exec(select(Subscriber).where(Subscriber.email == "alice@example.fr"))).all()
    again = await open_account(session, "alice@example.fr", NOW)
    await activate(session, again, "x", NOW, [subscriber.number])
    assert again.id != alice.account_id
    assert len(await list_held(session, Viewer(account_id=again.id))) == 1


async def test_nothing_is_written_to_a_deleted_account(session):
    assert await write_mail(session, event_key="x", recipient="compte@supprime.invalid", subject="x", text="x") is None
