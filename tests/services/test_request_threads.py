"""The thread of a request: both sides write, the status follows, and nobody's words are lost or written twice."""

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import select

from models import Hold, Mail, RequestMessage, RequestStatus
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotFound, Overtaken
from portail_app.services.audit import list_entries
from portail_app.services.files import Upload
from portail_app.services.request_attachments import attach_file
from portail_app.services.request_threads import answer_request, read_thread, withdraw_request, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.services.requests import find_request
from portail_app.viewer import Viewer
from tests.factories import NOW, let_in, send_request

WAITING, RESOLVED = RequestStatus.WAITING, RequestStatus.RESOLVED
LATER = NOW.replace(day=23)


@pytest.fixture
async def sent(session, alice):
    return await send_request(session, alice)


async def test_both_sides_read_the_same_thread_and_the_same_status(session, alice, chloe, sent):
    await answer_request(session, chloe, sent.number, Turn("Un agent passe demain.", "cle-1", WAITING), NOW)
    await write_to_service(session, alice, sent.number, Turn("Merci, je serai là.", "cle-2"), NOW)

    hers, theirs = [await read_thread(session, viewer, sent.number) for viewer in (alice, chloe)]
    assert replace(hers, may_write=False) == theirs
    assert [(line.who, line.is_staff, line.text, line.status) for line in hers.lines] == [
        ("Chloé Durand", True, "Un agent passe demain.", "en_attente"),
        ("Alice Martin", False, "Merci, je serai là.", "en_cours"),
    ]
    assert hers.request.status is RequestStatus.IN_PROGRESS


@pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_who_may_only_see_writes_withdraws_and_adds_nothing(session, alice, sent, hold, may):
    delegate = await let_in(session, alice, hold)
    assert (await read_thread(session, delegate, sent.number)).request.id == sent.id
    for attempt in (
        attach_file(session, delegate, f"fil:{sent.number}", Upload("0" * 64, "bail.pdf", "application/pdf", 9), NOW),
        write_to_service(session, delegate, sent.number, Turn("Je réponds pour elle.", "cle-1-du-fils"), NOW),
        withdraw_request(session, delegate, sent.number, NOW),
    ):
        if may:
            await attempt
        else:
            with pytest.raises(Forbidden, match="consulter"):
                await attempt
    assert (await find_request(session, alice, sent.number)).is_open is not may


async def test_a_first_answer_puts_a_new_request_under_way(session, chloe, sent):
    await answer_request(session, chloe, sent.number, Turn("Nous regardons.", "cle-1"), NOW)
    assert (await find_request(session, chloe, sent.number)).status is RequestStatus.IN_PROGRESS


async def test_what_was_closed_is_open_again_when_the_subscriber_writes(session, alice, chloe, sent):
    await answer_request(session, chloe, sent.number, Turn("C’est réparé.", "cle-1", RESOLVED), NOW)
    closed = await find_request(session, alice, sent.number)
    assert (closed.is_open, closed.closed_at) == (False, NOW)

    await write_to_service(session, alice, sent.number, Turn("Cela coule encore.", "cle-2"), NOW)
    opened = await find_request(session, alice, sent.number)
    assert (opened.status, opened.closed_at) == (RequestStatus.IN_PROGRESS, None)


async def test_a_status_may_change_without_a_word_but_an_empty_answer_is_refused(session, chloe, sent):
    await answer_request(session, chloe, sent.number, Turn("", "cle-1", RESOLVED), NOW)
    with pytest.raises(Invalid):
        await answer_request(session, chloe, sent.number, Turn(" ", "cle-2", RESOLVED), NOW)
    with pytest.raises(Invalid):
        await answer_request(session, chloe, sent.number, Turn("", "cle-3"), NOW)


async def test_words_sent_with_the_state_that_it_has_already_change_no_state(session, alice, chloe, sent):
    await answer_request(session, chloe, sent.number, Turn("Nous regardons.", "cle-1", WAITING), NOW)
    await answer_request(session, chloe, sent.number, Turn("Toujours.", "cle-2", WAITING), NOW)
    assert [line.status for line in (await read_thread(session, alice, sent.number)).lines] == ["en_attente", ""]
    assert [line.entry.action for line in (await list_entries(session, chloe))[:2]] == [
        "Demande : message écrit",
        "Demande : état changé",
    ]


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (None, RequestStatus.NEW),
        (RequestStatus.IN_PROGRESS, RequestStatus.IN_PROGRESS),
        (RequestStatus.WAITING, RequestStatus.IN_PROGRESS),
        (RequestStatus.RESOLVED, RequestStatus.IN_PROGRESS),
        (RequestStatus.REFUSED, RequestStatus.IN_PROGRESS),
    ],
)
async def test_what_a_request_becomes_when_the_subscriber_writes(session, alice, chloe, sent, status, becomes):
    if status:
        await answer_request(session, chloe, sent.number, Turn("", "cle-1", status), NOW)
    await write_to_service(session, alice, sent.number, Turn("Bonjour", "cle-2"), NOW)
    found = await find_request(session, alice, sent.number)
    assert (found.status, found.closed_at) == (becomes, None)


async def test_what_was_withdrawn_is_taken_up_again_by_writing_and_only_closed_once(session, alice, sent):
    await withdraw_request(session, alice, sent.number, NOW)
    await withdraw_request(session, alice, sent.number, LATER)
    assert (await find_request(session, alice, sent.number)).closed_at == NOW
    await write_to_service(session, alice, sent.number, Turn("Finalement si.", "cle-1"), LATER)
    await withdraw_request(session, alice, sent.number, LATER)
    assert (await find_request(session, alice, sent.number)).closed_at == LATER


@pytest.mark.parametrize("first", [RESOLVED, RequestStatus.REFUSED])
async def test_closed_otherwise_it_is_still_closed_since_the_first_day(session, alice, chloe, sent, first):
    other = RequestStatus.REFUSED if first is RESOLVED else RESOLVED
    await answer_request(session, chloe, sent.number, Turn("", "cle-1", first), NOW)
    await answer_request(session, chloe, sent.number, Turn("", "cle-2", other), LATER)
    found = await find_request(session, alice, sent.number)
    assert (found.status, found.closed_at, found.changed_at) == (other, NOW, LATER)


@pytest.mark.parametrize("status", [RequestStatus.NEW, RequestStatus.WITHDRAWN])
async def test_staff_set_no_status_that_is_not_theirs(session, chloe, sent, status):
    with pytest.raises(Invalid):
        await answer_request(session, chloe, sent.number, Turn("Voilà", "cle-1", status), NOW)


async def test_the_subscriber_may_withdraw_it_once(session, alice, sent):
    await withdraw_request(session, alice, sent.number, NOW)
    await withdraw_request(session, alice, sent.number, NOW)
    thread = await read_thread(session, alice, sent.number)
    assert thread.request.status is RequestStatus.WITHDRAWN
    assert len(thread.lines) == 1


async def test_an_answer_sent_twice_is_written_and_told_once(session, chloe, sent):
    turn = Turn("Un agent passe demain.", "cle-1", WAITING, seen=0)
    await answer_request(session, chloe, sent.number, turn, NOW)
    await answer_request(session, chloe, sent.number, turn, NOW)

    assert len((await read_thread(session, chloe, sent.number)).lines) == 1
    assert len(await answers_mailed(session, "alice@example.fr", sent)) == 1


async def test_the_second_of_two_agents_is_told_who_was_first_and_may_send_again(session, alice, chloe, sent):
    await write_to_service(session, alice, sent.number, Turn("Cela empire.", "cle-0"), NOW)
    read = await read_thread(session, chloe, sent.number)
    first, second = (Turn(f"Réponse {n}", f"cle-{n}", seen=read.last_message_id) for n in (1, 2))
    await answer_request(session, chloe, sent.number, first, NOW)

    with pytest.raises(Overtaken, match=r"Chloé Durand a écrit entre-temps\. Votre texte est gardé"):
        await answer_request(session, chloe, sent.number, second, NOW)
    read = await read_thread(session, chloe, sent.number)
    await answer_request(session, chloe, sent.number, Turn(second.text, "cle-2", seen=read.last_message_id), NOW)
    assert [line.text for line in (await read_thread(session, alice, sent.number)).lines] == [
        "Cela empire.",
        "Réponse 1",
        "Réponse 2",
    ]


async def test_of_two_answers_at_the_same_moment_one_is_written(town):
    alice, chloe = town.alice.viewer, town.chloe.viewer
    async with transaction(alice) as session:
        sent = await send_request(session, alice)

    async def answer(n: int):
        async with transaction(chloe) as session:
            await answer_request(session, chloe, sent.number, Turn(f"Réponse {n}", f"cle-{n}", seen=0), NOW)

    outcomes = await asyncio.gather(answer(1), answer(2), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Overtaken"]
    async with transaction(Viewer.system()) as session:
        assert len((await session.exec(select(RequestMessage))).all()) == 1


async def test_the_neighbour_and_staff_of_elsewhere_write_nothing(session, bruno, sent):
    with pytest.raises(NotFound):
        await write_to_service(session, bruno, sent.number, Turn("Bonjour", "cle-1"), NOW)
    with pytest.raises(NotFound):
        await withdraw_request(session, bruno, sent.number, NOW)
    with pytest.raises(Forbidden):
        await answer_request(session, bruno, sent.number, Turn("Bonjour", "cle-1"), NOW)
    assert (await session.exec(select(RequestMessage))).all() == []


async def test_each_change_is_told_to_the_other_side_without_its_words(session, alice, chloe, cast, sent):
    cast.utility.email = "contact@regie.example"
    await answer_request(session, chloe, sent.number, Turn("Votre IBAN est faux.", "cle-1", WAITING), NOW)
    await write_to_service(session, alice, sent.number, Turn("Le voici.", "cle-2"), NOW)

    (hers,) = await answers_mailed(session, "alice@example.fr", sent)
    (theirs,) = await answers_mailed(session, "contact@regie.example", sent)
    assert hers.subject == f"Votre demande {sent.number} : le service attend votre réponse"
    assert theirs.subject == f"Demande {sent.number} : l’abonné a écrit"


async def test_each_change_is_written_in_the_audit_trail(session, chloe, sent):
    await answer_request(session, chloe, sent.number, Turn("Réparé.", "cle-1", RESOLVED), NOW)
    entry = (await list_entries(session, chloe))[0]
    assert (entry.entry.action, entry.entry.subject) == ("Demande : état changé", sent.number)
    assert entry.details == "avant\u00a0: nouvelle · après\u00a0: résolue"


@pytest.mark.parametrize("words", ["<img src=x onerror=alert(1)>", "# Titre\n* liste", "‮inversé"])
async def test_markup_is_kept_as_it_was_typed(session, alice, sent, words):
    await write_to_service(session, alice, sent.number, Turn(words, "cle-1"), NOW)
    assert (await read_thread(session, alice, sent.number)).lines[0].text == words


@pytest.mark.parametrize("words", ["a\0b", "x" * 8_001, "x" * 1_000_000, " \n "])
async def test_what_cannot_be_stored_is_refused_at_the_field(session, alice, chloe, sent, words):
    with pytest.raises(Invalid) as hers:
        await write_to_service(session, alice, sent.number, Turn(words, "cle-1"), NOW)
    with pytest.raises(Invalid) as theirs:
        await answer_request(session, chloe, sent.number, Turn(words, "cle-1"), NOW)
    assert hers.value.field == theirs.value.field == "text"


async def answers_mailed(session, recipient: str, sent) -> list[Mail]:
    told = select(Mail).where(Mail.recipient == recipient, Mail.event_key.startswith("demande-echange-"))
    return list((await session.exec(told)).all())
