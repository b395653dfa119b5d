"""A request on the staff's desk: notes that the subscriber never reads, who handles it, until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import Mail, MailEvent
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.audit import list_entries
from portail_app.services.notifications import choose_notification
from portail_app.services.request_desk import assign_request, read_desk_thread
from portail_app.services.request_notes import NOTES_READABLE, add_note, list_notes
from portail_app.services.request_threads import answer_request, read_thread
from portail_app.services.request_turns import Turn
from portail_app.viewer import Scope, Viewer
from tests import factories
from tests.factories import NOW, send_request

DUE = date(2026, 12, 1)


@pytest.fixture
async def sent(session, alice):
    return await send_request(session, alice)


@pytest.fixture
async def damien(session, cast) -> Viewer:
    account = await factories.create_account(session, "damien@example.fr", name="Damien Roussel")
    await factories.appoint(session, account, cast.utility)
    return (await factories.sign_in(session, account))[0]


async def test_staff_read_notes_in_their_place_in_the_thread(session, chloe, sent):
    await add_note(session, chloe, sent.number, "A déjà appelé deux fois.", "cle-1", NOW)
    await answer_request(session, chloe, sent.number, Turn("Nous passons demain.", "cle-2"), NOW)

    desk = await read_desk_thread(session, chloe, sent.number)
    assert {(line.text, line.is_note) for line in desk.lines} == {
        ("A déjà appelé deux fois.", True),
        ("Nous passons demain.", False),
    }
    assert desk.subscriber.name == "Alice Martin"


async def test_the_desk_reads_both_in_the_order_of_the_hours(session, chloe, sent):
    for hour, text in enumerate(("note 1", "réponse 2", "note 3", "réponse 4"), start=1):
        at = NOW + timedelta(hours=hour)
        if text.startswith("note"):
            await add_note(session, chloe, sent.number, text, f"cle-{hour}", at)
        else:
            await answer_request(session, chloe, sent.number, Turn(text, f"cle-{hour}"), at)
    lines = (await read_desk_thread(session, chloe, sent.number)).lines
    assert [line.text for line in lines] == ["note 1", "réponse 2", "note 3", "réponse 4"]


async def test_no_read_of_the_subscriber_reaches_a_note(session, alice, chloe, sent):
    await add_note(session, chloe, sent.number, "Mauvais payeur ?", "cle-1", NOW)

    assert "payeur" not in repr(await read_thread(session, alice, sent.number))
    assert await list_notes(session, alice, sent) == []
    with pytest.raises(Forbidden):
        await read_desk_thread(session, alice, sent.number)


async def test_staff_who_are_subscribers_too_read_no_note_on_their_own_pages(session, alice, chloe, sent, cast):
    await add_note(session, chloe, sent.number, "Mauvais payeur ?", "cle-1", NOW)
    both = replace(alice, ranks=chloe.ranks)

    assert await list_notes(session, both.as_subscriber(), sent) == []
    with pytest.raises(Forbidden):
        await read_desk_thread(session, both.as_subscriber(), sent.number)


def test_every_scope_has_a_rule_for_notes():
    assert NOTES_READABLE.keys() == set(Scope)


async def test_a_subscriber_writes_no_note(session, alice, sent):
    with pytest.raises(Forbidden):
        await add_note(session, alice, sent.number, "Bonjour", "cle-1", NOW)


async def test_a_note_sent_twice_is_written_once_and_told_to_nobody(session, chloe, sent):
    before = len((await session.exec(select(Mail))).all())
    for _ in range(2):
        await add_note(session, chloe, sent.number, "Compteur changé en mai.", "cle-1", NOW)

    assert len(await list_notes(session, chloe, sent)) == 1
    assert len((await session.exec(select(Mail))).all()) == before


@pytest.mark.parametrize("words", ["", " \n", "a\0b", "x" * 8_001])
async def test_a_note_that_says_nothing_or_too_much_is_refused(session, chloe, sent, words):
    with pytest.raises(Invalid) as refused:
        await add_note(session, chloe, sent.number, words, "cle-1", NOW)
    assert refused.value.field == "note"


async def test_a_request_is_given_to_a_colleague_who_is_told(session, chloe, damien, sent):
    await assign_request(session, chloe, sent.number, damien.account_id, DUE, NOW)
    await assign_request(session, chloe, sent.number, damien.account_id, DUE, NOW)

    assert (sent.assignee_id, sent.due_on) == (damien.account_id, DUE)
    (told,) = (await session.exec(select(Mail).where(Mail.recipient == "damien@example.fr"))).all()
    assert told.subject == f"Demande {sent.number} : elle vous est confiée"
    entry = (await list_entries(session, chloe))[0]
    assert (entry.entry.action, entry.details) == (
        "Demande confiée",
        "avant\u00a0: 24/11/2026 · après\u00a0: Damien Roussel, 01/12/2026",
    )


async def test_staff_who_refuse_mails_of_their_own_requests_are_still_told_of_their_work(session, chloe, damien, sent):
    await choose_notification(session, damien, MailEvent.REQUEST, False, NOW)
    await assign_request(session, chloe, sent.number, damien.account_id, DUE, NOW)
    assert len((await session.exec(select(Mail).where(Mail.recipient == "damien@example.fr"))).all()) == 1


async def test_who_takes_a_request_is_not_told_by_mail_what_they_did(session, chloe, sent):
    await assign_request(session, chloe, sent.number, chloe.account_id, DUE, NOW)
    assert (await session.exec(select(Mail).where(Mail.recipient == "chloe@example.fr"))).all() == []


async def test_a_request_is_given_to_nobody_who_does_not_work_there(session, alice, bruno, chloe, sent):
    with pytest.raises(NotFound):
        await assign_request(session, chloe, sent.number, bruno.account_id, DUE, NOW)
    with pytest.raises(Forbidden):
        await assign_request(session, alice, sent.number, chloe.account_id, DUE, NOW)


async def test_staff_of_elsewhere_find_nothing(session, sent):
    other = await factories.create_utility(session)
    account = await factories.create_account(session, "denis@example.fr")
    await factories.appoint(session, account, other)
    stranger, _ = await factories.sign_in(session, account)

    for attempt in (
        read_desk_thread(session, stranger, sent.number),
        add_note(session, stranger, sent.number, "Bonjour", "cle-1", NOW),
        assign_request(session, stranger, sent.number, account.id, DUE, NOW),
        answer_request(session, stranger, sent.number, Turn("Bonjour", "cle-1"), NOW),
    ):
        with pytest.raises(NotFound):
            await attempt
