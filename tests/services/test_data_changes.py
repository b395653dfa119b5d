"""Changes of what billing owns: asked for as a request, accepted or refused field by field."""

import asyncio

import pytest
from sqlmodel import select

from models import (
    Account,
    AccountSubscriber,
    AuditEntry,
    Hold,
    Mail,
    Request,
    RequestMessage,
    RequestStatus,
    Subscriber,
)
from portail_app.database import execute_sql, transaction
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.data_changes import NOTHING_CHANGED, ask_for_changes
from portail_app.services.data_decisions import CLOSED, DECIDED, MOVED, Decision, decide_change
from portail_app.services.data_reviews import list_reviews, review_request
from portail_app.services.deletions import ask_for_deletion, list_asked
from portail_app.services.export_sections import sections_of
from portail_app.services.holds import holder_of
from portail_app.services.own_changes import list_own
from portail_app.services.request_threads import withdraw_request
from tests.factories import NOW
from tests.jobs.outbox import run_sql

KEY = "0123456789abcdef"
MOVED_HOUSE = {"address": "3 rue Haute", "city": "Vieux-Pont", "postal_code": "59920"}


def subscriber_of(viewer):
    (subscriber_id,) = viewer.subscriber_ids
    return subscriber_id


async def ask(session, viewer, key=KEY, **typed):
    return await ask_for_changes(session, viewer, subscriber_of(viewer), typed or MOVED_HOUSE, key, NOW)


async def known(session, viewer):
    subscriber = await session.get_one(Subscriber, subscriber_of(viewer))
    await session.refresh(subscriber)
    return subscriber


async def accept(session, viewer, number, review, **values):
    decision = Decision(review.id, True, review.current)
    await decide_change(session, viewer, number, decision, NOW)


async def test_what_differs_becomes_a_request_and_nothing_changes_yet(session, alice):
    request = await ask(session, alice, **MOVED_HOUSE, name="Alice Martin")
    own = await list_own(session, alice)
    assert [(one.field, one.former, one.proposed, one.status) for one in own] == [
        ("address", "", "3 rue Haute", "en_attente"),
        ("postal_code", "", "59920", "en_attente"),
        ("city", "", "Vieux-Pont", "en_attente"),
    ]
    assert {one.request for one in own} == {request.number}
    assert (await known(session, alice)).address == ""


async def test_spaces_too_many_are_no_change(session, alice):
    with pytest.raises(Invalid, match=NOTHING_CHANGED):
        await ask(session, alice, name="  Alice   Martin ")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("postal_code", "<b>1</b>"),
        ("postal_code", "1"),
        ("phone", "appelez-moi"),
        ("phone", "0" * 21),
        ("city", "x" * 81),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(session, alice, field, typed):
    with pytest.raises(Invalid) as refused:
        await ask(session, alice, **{field: typed})
    assert refused.value.field == field
    assert (await session.exec(select(Request))).all() == []


async def test_html_is_only_words(session, alice):
    await ask(session, alice, address="<script>alert(1)</script>")
    assert [one.proposed for one in await list_own(session, alice)] == ["<script>alert(1)</script>"]


async def test_a_field_that_billing_does_not_own_is_left_out(session, alice):
    with pytest.raises(Invalid, match=NOTHING_CHANGED):
        await ask(session, alice, email="autre@example.fr", number="1", utility_id="9")


@pytest.mark.parametrize("who", ["bruno", "chloe"])
async def test_a_strangers_subscriber_is_not_found(session, cast, alice, who):
    with pytest.raises(NotFound):
        await ask_for_changes(session, getattr(cast, who).viewer, subscriber_of(alice), MOVED_HOUSE, KEY, NOW)


async def test_a_delegate_asks_for_nothing_and_sees_nothing_of_it(session, alice, bruno):
    hold = AccountSubscriber(account_id=bruno.account_id, subscriber_id=subscriber_of(alice), hold=Hold.MAY_PAY)
    session.add(hold)
    await session.flush()
    with pytest.raises(NotFound):
        await ask_for_changes(session, bruno, subscriber_of(alice), MOVED_HOUSE, KEY, NOW)
    await ask(session, alice)
    assert await list_own(session, bruno) == []


async def test_two_holders_of_one_subscriber_read_nothing_of_what_the_other_asks(session, cast, alice, bruno):
    """Who has parted keeps the bills of their time; the other's new telephone is not theirs to know."""
    session.add(AccountSubscriber(account_id=bruno.account_id, subscriber_id=subscriber_of(alice), hold=Hold.HOLDER))
    await session.flush()
    mine = await ask(session, alice, phone="06 12 34 56 78")
    (deletion,) = await ask_for_deletion(session, alice, "cle-de-la-fin", NOW)

    assert (await list_own(session, bruno), await list_asked(session, bruno)) == ([], [])
    assert {one.request for one in await list_own(session, alice)} == {mine.number, deletion.number}
    hers, his = [await holder_of(session, await session.get_one(Account, one.account_id)) for one in (alice, bruno)]
    assert {mine.number, deletion.number} <= await exported(session, hers)
    assert await exported(session, his) == set()


async def exported(session, owner):
    """The numbers of the requests that a copy of all their data holds."""
    told = [one.statement for one in sections_of(owner) if one.name in ("demandes", "echanges", "modifications")]
    return {row.demande for statement in told for row in await execute_sql(session, statement)}


async def test_a_double_click_makes_one_request(town):
    alice = town.alice.viewer

    async def send():
        async with transaction(alice) as session:
            return (await ask(session, alice)).number

    numbers = await asyncio.gather(send(), send(), send())

    assert len(set(numbers)) == 1
    assert run_sql("SELECT count(*) FROM proposed_change") == [(3,)]


async def test_a_field_that_waits_already_is_not_asked_for_twice(session, alice):
    await ask(session, alice)
    with pytest.raises(Invalid, match="attend déjà") as refused:
        await ask(session, alice, key="another-key-1", address="5 rue Basse")
    assert refused.value.field == "address"


async def test_staff_see_old_beside_new(session, alice, chloe):
    request = await ask(session, alice)
    reviews = await list_reviews(session, chloe, request)
    assert [(one.label, one.current, one.proposed) for one in reviews] == [
        ("Adresse", "", "3 rue Haute"),
        ("Code postal", "", "59920"),
        ("Ville", "", "Vieux-Pont"),
    ]


async def test_a_neighbour_and_who_asked_review_nothing(session, alice, bruno):
    request = await ask(session, alice)
    with pytest.raises(NotFound):
        await review_request(session, bruno, request.number)
    with pytest.raises(Forbidden):
        await review_request(session, alice, request.number)


async def test_each_field_is_decided_by_itself_and_the_last_one_closes_the_request(session, alice, chloe):
    request = await ask(session, alice)
    address, postal_code, city = await list_reviews(session, chloe, request)
    await accept(session, chloe, request.number, address)
    await accept(session, chloe, request.number, postal_code)
    assert (await known(session, alice)).address == "3 rue Haute"
    assert request.is_open

    refusal = Decision(city.id, False, "", "Le code postal est celui de Clermont.")
    await decide_change(session, chloe, request.number, refusal, NOW)

    assert request.status is RequestStatus.RESOLVED
    assert (await known(session, alice)).city == ""
    (message,) = (await session.exec(select(RequestMessage))).all()
    assert message.text.splitlines() == [
        "Adresse : « 3 rue Haute » est enregistré.",
        "Code postal : « 59920 » est enregistré.",
        "Ville : refusé. Le code postal est celui de Clermont.",
    ]
    assert [one.status for one in await list_own(session, alice)] == ["acceptee", "acceptee", "refusee"]


async def test_a_request_of_which_all_is_refused_is_refused(session, alice, chloe):
    request = await ask(session, alice, phone="06 12 34 56 78")
    (review,) = await list_reviews(session, chloe, request)
    await decide_change(session, chloe, request.number, Decision(review.id, False, "", "Numéro inconnu"), NOW)
    assert request.status is RequestStatus.REFUSED
    assert (await known(session, alice)).phone == ""


async def test_who_asked_is_told_by_mail_and_the_journal_keeps_each_answer(session, alice, chloe):
    request = await ask(session, alice, phone="06 12 34 56 78")
    (review,) = await list_reviews(session, chloe, request)
    await accept(session, chloe, request.number, review)
    recipients = (await session.exec(select(Mail.recipient))).all()
    assert recipients.count("alice@example.fr") == 2  # it has arrived, it is answered
    actions = (await session.exec(select(AuditEntry.action))).all()
    assert "Donnée personnelle acceptée" in actions


async def test_a_decision_is_taken_once(session, alice, chloe):
    request = await ask(session, alice)
    review, *_ = await list_reviews(session, chloe, request)
    await accept(session, chloe, request.number, review)
    with pytest.raises(Invalid, match=DECIDED):
        await decide_change(session, chloe, request.number, Decision(review.id, False, "", "Non"), NOW)


async def test_of_two_agents_who_decide_at_once_one_is_told(town):
    async with transaction(town.alice.viewer) as session:
        request = await ask(session, town.alice.viewer)
    async with transaction(town.chloe.viewer) as session:
        review, *_ = await list_reviews(session, town.chloe.viewer, request)

    async def decide(is_accepted):
        async with transaction(town.chloe.viewer) as session:
            decision = Decision(review.id, is_accepted, "", "Non")
            await decide_change(session, town.chloe.viewer, request.number, decision, NOW)

    outcomes = await asyncio.gather(decide(True), decide(False), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "NoneType"]


async def test_what_billing_changed_meanwhile_is_read_again_before_it_is_overwritten(session, alice, chloe):
    request = await ask(session, alice, phone="06 12 34 56 78")
    (review,) = await list_reviews(session, chloe, request)
    subscriber = await known(session, alice)
    subscriber.phone = "03 20 00 00 00"
    await session.flush()
    with pytest.raises(Invalid, match=MOVED):
        await accept(session, chloe, request.number, review)
    (again,) = await list_reviews(session, chloe, request)
    assert (again.former, again.current) == ("", "03 20 00 00 00")
    await accept(session, chloe, request.number, again)
    assert (await known(session, alice)).phone == "06 12 34 56 78"


async def test_a_withdrawn_request_is_decided_no_more(session, alice, chloe):
    request = await ask(session, alice)
    review, *_ = await list_reviews(session, chloe, request)
    await withdraw_request(session, alice, request.number, NOW)
    with pytest.raises(Invalid, match=CLOSED):
        await accept(session, chloe, request.number, review)
    assert {one.status for one in await list_own(session, alice)} == {"annulee"}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
async def test_a_refusal_says_why(session, alice, chloe, reason):
    request = await ask(session, alice)
    review, *_ = await list_reviews(session, chloe, request)
    with pytest.raises(Invalid) as refused:
        await decide_change(session, chloe, request.number, Decision(review.id, False, "", reason), NOW)
    assert refused.value.field == "reason"


async def test_neither_the_subscriber_nor_another_towns_staff_decide(session, alice, bruno, chloe):
    request = await ask(session, alice)
    review, *_ = await list_reviews(session, chloe, request)
    with pytest.raises(Forbidden):
        await accept(session, alice, request.number, review)
    with pytest.raises(NotFound):
        await accept(session, bruno, request.number, review)
    assert (await known(session, alice)).address == ""


async def test_a_change_of_another_request_is_not_found(session, alice, bruno, chloe):
    hers, his = await ask(session, alice), await ask(session, bruno)
    review, *_ = await list_reviews(session, chloe, his)
    with pytest.raises(NotFound):
        await accept(session, chloe, hers.number, review)
