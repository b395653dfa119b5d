"""Opening a request: what a form is answered, once however often it is sent, and who is told."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from models import Hold, Mail, ProposedChange, Request, RequestStatus, RequestType, Utility
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.request_answers import LONGEST_TEXT
from portail_app.services.request_opening import open_request
from portail_app.services.request_sendings import Change
from portail_app.services.request_types import list_own_subscribers
from portail_app.services.requests import find_request
from portail_app.viewer import Viewer
from tests.factories import NOW, draft_request, let_in, send_request

SENTENCES = {"lieu": "Après le compteur", "constatee": "2026-11-20", "reparee": "non", "description": "Sous l’évier."}


async def test_what_was_answered_is_kept_with_the_questions_as_they_were_asked(session, alice):
    sent = await send_request(session, alice)

    assert sent.content == [
        ["Où est la fuite ?", "Après le compteur"],
        ["Constatée le", "20/11/2026"],
        ["Est-elle réparée ?", "Non"],
        ["Ce que vous constatez", "Sous l’évier."],
    ]
    assert (sent.subject, sent.summary) == ("Fuite", "Sous l’évier.")
    assert (sent.status, sent.due_on) == (RequestStatus.NEW, date(2026, 11, 24))
    assert sent.number == f"D2026-{sent.id:05d}"


@pytest.mark.parametrize(
    ("sent_at", "year", "due_on"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 2026, date(2027, 1, 2)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), 2027, date(2027, 1, 3)),
        (datetime(2026, 7, 13, 22, 0, tzinfo=UTC), 2026, date(2026, 7, 16)),
    ],
)
async def test_its_year_and_its_day_are_those_of_paris(session, alice, sent_at, year, due_on):
    sent = await open_request(session, alice, draft_request(alice), sent_at)
    assert (sent.number, sent.due_on) == (f"D{year}-{sent.id:05d}", due_on)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lieu": ""}, "lieu"),
        ({"lieu": "Sur la lune"}, "lieu"),
        ({"constatee": "hier"}, "constatee"),
        ({"constatee": "2026-02-31"}, "constatee"),
        ({"reparee": "peut-être"}, "reparee"),
        ({"index": "mille"}, "index"),
        ({"description": "   \n "}, "description"),
        ({"description": "x" * (LONGEST_TEXT + 1)}, "description"),
        ({"description": "x" * 1_000_000}, "description"),
        ({"description": "a\0b"}, "description"),
    ],
)
async def test_a_wrong_answer_is_refused_at_its_question_and_nothing_is_stored(session, alice, changed, field):
    with pytest.raises(Invalid) as refused:
        await send_request(session, alice, typed=SENTENCES | changed)

    assert refused.value.field == field
    assert await all_requests(session) == []


async def test_a_message_too_long_is_answered_with_both_lengths(session, alice):
    with pytest.raises(Invalid, match="compte 1\u202f000\u202f000 caractères, pour 8\u202f000 au plus"):
        await send_request(session, alice, typed=SENTENCES | {"description": "x" * 1_000_000})


async def test_what_no_question_asks_is_not_kept(session, alice):
    sent = await send_request(session, alice, typed=SENTENCES | {"status": "resolue", "viewer": "1"})
    assert len(sent.content) == 4
    assert sent.status is RequestStatus.NEW


@pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_who_may_only_see_asks_nothing_in_the_holders_name(session, alice, hold, may):
    """Else whoever was let in to see the invoices could end the contract."""
    delegate = await let_in(session, alice, hold)
    ending = draft_request(alice, type_code="message", typed={"message": "Je résilie."})
    if may:
        assert (await open_request(session, delegate, ending, NOW)).opened_by == delegate.account_id
    else:
        with pytest.raises(Forbidden, match="consulter"):
            await open_request(session, delegate, ending, NOW)
        assert await all_requests(session) == []


async def test_who_is_let_in_by_another_asks_in_their_own_name(session, alice, bruno):
    (hers,), (his,) = alice.subscriber_ids, bruno.subscriber_ids
    both = replace(bruno, subscriber_ids=frozenset({hers, his}))
    assert [one.id for one in await list_own_subscribers(session, both)] == [his]
    guest = replace(alice, payable_subscriber_ids=frozenset())
    assert [one.id for one in await list_own_subscribers(session, guest)] == [hers]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "**gras** [lien](javascript:alert(1))", "&lt;b&gt;"])
async def test_html_and_markdown_are_kept_as_they_were_typed(session, alice, words):
    sent = await send_request(session, alice, typed=SENTENCES | {"description": words})
    assert sent.content[-1][1] == sent.summary == words


async def test_a_summary_is_the_beginning_of_what_was_written_on_one_line(session, alice):
    sent = await send_request(session, alice, typed=SENTENCES | {"description": "Bonjour,\n\n" + "mot " * 100})
    assert sent.summary.startswith("Bonjour, mot mot")
    assert sent.summary.endswith("…")
    assert len(sent.summary) == 120


async def test_sending_twice_makes_one_request_and_tells_once(session, alice):
    draft = draft_request(alice)
    first = await open_request(session, alice, draft, NOW)
    again = await open_request(session, alice, draft, NOW)

    assert again.number == first.number
    assert len(await all_requests(session)) == 1
    assert len(await mails(session, "alice@example.fr")) == 1


async def test_two_sendings_at_the_same_moment_make_one_request(town):
    alice = town.alice.viewer
    draft = draft_request(alice)

    async def send():
        async with transaction(alice) as session:
            return (await open_request(session, alice, draft, NOW)).number

    assert len(set(await asyncio.gather(*(send() for _ in range(5))))) == 1
    async with transaction(Viewer.system()) as session:
        assert len(await all_requests(session)) == 1
        assert len(await mails(session, "alice@example.fr")) == 1


async def test_other_words_are_another_request_so_that_none_is_lost(session, alice):
    draft = draft_request(alice)
    first = await open_request(session, alice, draft, NOW)
    other = replace(draft, typed=SENTENCES | {"description": "Et aussi dans la cave."})
    second = await open_request(session, alice, other, NOW)
    assert second.number != first.number


async def test_the_neighbour_never_sees_it_and_cannot_ask_in_her_name(session, alice, bruno):
    sent = await send_request(session, alice)

    with pytest.raises(NotFound):
        await find_request(session, bruno, sent.number)
    with pytest.raises(NotFound):
        await open_request(session, bruno, draft_request(alice), NOW)


async def test_nobody_asks_anything(session, alice):
    with pytest.raises(Forbidden):
        await open_request(session, Viewer.nobody(), draft_request(alice), NOW)


@pytest.mark.parametrize("key", ["", "x", "k" * 65])
async def test_a_sending_without_a_key_of_ours_is_refused(session, alice, key):
    with pytest.raises(Invalid):
        await send_request(session, alice, key=key)


async def test_a_type_that_staff_closed_or_of_another_utility_is_not_offered(session, alice, cast):
    leak = await find_type(session, cast.utility, "fuite")
    leak.is_active = False
    await session.flush()

    for code in ("fuite", "inconnue"):
        with pytest.raises(NotFound):
            await send_request(session, alice, type_code=code)


async def test_who_handles_the_type_is_given_the_request_while_they_work_there(session, alice, bruno, chloe, cast):
    leak = await find_type(session, cast.utility, "fuite")
    leak.handler_id = chloe.account_id
    assert (await send_request(session, alice)).assignee_id == chloe.account_id

    leak.handler_id = bruno.account_id
    assert (await send_request(session, alice)).assignee_id is None


async def test_both_sides_are_told_by_a_mail_that_leaves_the_words_on_the_portal(session, alice, cast):
    cast.utility.email = "contact@regie.example"
    sent = await send_request(session, alice)

    (hers,) = await mails(session, "alice@example.fr")
    (services,) = await mails(session, "contact@regie.example")
    assert sent.number in hers.subject
    assert sent.number in services.subject
    assert "évier" not in hers.subject + services.subject


async def test_a_change_of_personal_data_carries_each_field_old_and_new(session, alice):
    changes = (
        Change("address", "Adresse", "12 rue du Moulin", "3 rue Haute"),
        Change("city", "Commune", "Lys", "Aire"),
    )
    sent = await send_request(session, alice, type_code="donnees-personnelles", typed={}, changes=changes)

    found = (await session.exec(select(ProposedChange).order_by(col(ProposedChange.id)))).all()
    assert [(one.request_id, one.field, one.former, one.proposed) for one in found] == [
        (sent.id, "address", "12 rue du Moulin", "3 rue Haute"),
        (sent.id, "city", "Lys", "Aire"),
    ]
    assert not any(one.is_decided for one in found)


async def test_every_utility_begins_with_the_types_of_the_manual(session, cast):
    given = (await session.exec(select(RequestType).where(RequestType.utility_id == cast.utility.id))).all()
    assert {one.code for one in given} == {
        *("installation", "emmenagement", "resiliation", "fuite", "reclamation", "delai-de-paiement"),
        *("changement-de-rib", "autre", "message", "donnees-personnelles"),
    }
    assert all(one.is_active and one.acknowledgement and one.due_days for one in given)
    assert [question.name for one in given for question in one.questions if one.code == "message"] == ["message"]


async def all_requests(session) -> list[Request]:
    return list((await session.exec(select(Request))).all())


async def mails(session, recipient: str) -> list[Mail]:
    return list((await session.exec(select(Mail).where(Mail.recipient == recipient))).all())


async def find_type(session, utility: Utility, code: str) -> RequestType:
    wanted = select(RequestType).where(RequestType.utility_id == utility.id, RequestType.code == code)
    return (await session.exec(wanted)).one()
