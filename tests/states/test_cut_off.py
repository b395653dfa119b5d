"""The database goes away while something is sent: a sentence, nothing half-done, and sending again does it once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from models import Request
from portail_app.database import execute_sql, transaction
from portail_app.errors import NotKept, Unavailable
from portail_app.http import http_app
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.request_drafts import find_draft, form_place, keep_draft, note_place, thread_place
from portail_app.states.change_review import ChangeReviewState
from portail_app.states.clock import now
from portail_app.states.data_change import DataChangeState
from portail_app.states.delegates import DelegatesState
from portail_app.states.new_request import NewRequestState
from portail_app.states.personal_data import PersonalDataState
from portail_app.states.request import RequestState
from portail_app.states.staff_new_request import StaffNewRequestState
from portail_app.states.staff_request import StaffRequestState
from portail_app.viewer import Viewer
from tests import factories, files
from tests.cut_off import cut_off
from tests.factories import LEAK
from tests.http.client import open_browser
from tests.tabs import open_tab

REQUESTS = "LOCK TABLE request IN SHARE MODE"
MESSAGES = "LOCK TABLE request_message IN SHARE MODE"
ONE = "SELECT 1 FROM request FOR UPDATE"
SUBSCRIBERS = "SELECT 1 FROM subscriber FOR UPDATE"
DRAFTS = "LOCK TABLE request_draft IN SHARE MODE"


@dataclass(frozen=True)
class Act:
    """What is done on a page, what it needs, and how often it has been done."""

    held: str
    do: Callable[[], Awaitable[object]]
    said: Callable[[], str]
    counted: str
    place: str = ""


@pytest.fixture
async def asked(town) -> Request:
    async with transaction(town.alice.viewer) as session:
        return await factories.send_request(session, town.alice.viewer)


async def test_a_request_that_is_being_sent(town, database):
    tab = await open_tab(NewRequestState, town.alice, "/demandes/nouvelle", type="fuite")
    await tab.load()
    typed = {"type": "fuite", "subscriber_id": str(tab.form.subscriber_id), "key": tab.form.key, **LEAK}
    act = Act(
        REQUESTS,
        lambda: tab.send(form_data=typed),
        lambda: tab.error,
        "SELECT count(*) FROM request",
        form_place("fuite", tab.form.subscriber_id),
    )
    await stand_a_cut(town.alice, database, act, typed)


async def test_a_request_that_is_being_taken_down(town, database):
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    path, asked = "/agent/demandes/nouvelle", {"abonne": str(subscriber_id), "type": "fuite"}
    tab = await open_tab(StaffNewRequestState, town.chloe, path, **asked)
    await tab.load()
    typed = {"type": "fuite", "subscriber_id": str(subscriber_id), "key": tab.form.key, "channel": "visite", **LEAK}
    act = Act(
        REQUESTS,
        lambda: tab.send(form_data=typed),
        lambda: tab.error,
        "SELECT count(*) FROM request WHERE channel = 'visite'",
        form_place("fuite", subscriber_id),
    )
    await stand_a_cut(town.chloe, database, act, typed)


@pytest.mark.parametrize("held", [ONE, MESSAGES])
async def test_a_message_of_hers(town, database, asked, held):
    tab = await open_tab(RequestState, town.alice, f"/demandes/{asked.number}")
    await tab.load()
    typed = {"text": "Cela empire.", "key": tab.reply.key}
    act = Act(
        held,
        lambda: tab.send(form_data=typed),
        lambda: tab.error,
        "SELECT count(*) FROM request_message",
        thread_place(asked.number),
    )
    await stand_a_cut(town.alice, database, act, typed)
    assert await count("SELECT count(*) FROM mail WHERE recipient = 'alice@example.fr'") == 1  # that it arrived


@pytest.mark.parametrize("held", [ONE, MESSAGES, DRAFTS])
async def test_an_answer_of_staff(town, database, asked, held):
    tab = await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{asked.number}")
    await tab.load()
    typed = {"text": "Nous venons.", "status": "resolue", "key": tab.reply.key, "seen": str(tab.seen)}
    act = Act(
        held,
        lambda: tab.answer(form_data=typed),
        lambda: tab.error,
        "SELECT count(*) FROM request_message m JOIN request r ON r.id = m.request_id WHERE r.status = 'resolue'",
        thread_place(asked.number),
    )
    await stand_a_cut(town.chloe, database, act, typed)
    assert tab.done == "Votre réponse est envoyée."


async def test_a_note_of_staff(town, database, asked):
    tab = await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{asked.number}")
    await tab.load()
    typed = {"note": "Rappeler lundi.", "key": tab.note.key}
    act = Act(
        ONE,
        lambda: tab.write_note(form_data=typed),
        lambda: tab.error,
        "SELECT count(*) FROM request_note",
        note_place(asked.number),
    )
    await stand_a_cut(town.chloe, database, act, typed)


async def test_giving_it_to_somebody(town, database, asked):
    tab = await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{asked.number}")
    await tab.load()
    form = {"account_id": str(town.chloe.viewer.account_id), "due_on": "2030-01-02"}
    given = "SELECT count(*) FROM request WHERE assignee_id IS NOT NULL"
    await stand_a_cut(town.chloe, database, Act(ONE, lambda: tab.assign(form_data=form), lambda: tab.error, given))


async def test_a_change_of_personal_data_that_is_asked_for(town, database):
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    tab = await open_tab(DataChangeState, town.alice, "/donnees-personnelles/modifier", abonne=str(subscriber_id))
    await tab.load()
    form = {"name": "Alice Martin", "address": "3 rue Haute", "postal_code": "59920", "city": "Vieux-Pont", "phone": ""}
    asked = "SELECT count(DISTINCT request_id) FROM proposed_change"
    await stand_a_cut(town.alice, database, Act(REQUESTS, lambda: tab.send(form_data=form), lambda: tab.error, asked))


@pytest.mark.parametrize("held", [ONE, SUBSCRIBERS])
async def test_a_change_of_personal_data_that_is_accepted(town, database, held):
    """All of it or nothing: what is known, the answer, the request that closes."""
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    async with transaction(town.alice.viewer) as session:
        typed = {"address": "3 rue Haute", "postal_code": "59920", "city": "Vieux-Pont", "name": "Alice Martin"}
        request = await ask_for_changes(session, town.alice.viewer, subscriber_id, typed, "cle-du-changement", now())
    tab = await open_tab(ChangeReviewState, town.chloe, f"/agent/demandes/{request.number}")
    await tab.load()
    first = tab.reviews[0]
    counted = (
        "SELECT count(*) FROM subscriber, proposed_change "
        "WHERE subscriber.address = proposed AND accepted_at IS NOT NULL"
    )
    act = Act(held, lambda: tab.accept(change_id=first.id, seen=first.current), lambda: tab.error, counted)
    await stand_a_cut(town.chloe, database, act)


async def test_someone_who_is_let_in(town, database):
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    tab = await open_tab(DelegatesState, town.alice, "/donnees-personnelles/personnes-autorisees")
    await tab.load()
    form = {"subscriber_id": str(subscriber_id), "email": "voisine@example.fr", "hold": "delegue_consultation"}
    invited = "SELECT count(*) FROM delegate_invitation"
    held = "LOCK TABLE delegate_invitation IN SHARE MODE"
    await stand_a_cut(town.alice, database, Act(held, lambda: tab.invite(form_data=form), lambda: tab.error, invited))


async def test_paper_that_is_refused(town, database):
    """No form is there to keep the sentence: it is a toast, and the button still does it."""
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    tab = await open_tab(PersonalDataState, town.alice, "/donnees-personnelles")
    await tab.load()
    await tab.ask_paperless(subscriber_id=subscriber_id)
    with pytest.raises(Unavailable):
        await cut_off(database, "LOCK TABLE paper_choice IN SHARE MODE", tab.confirm_paperless())
    assert (await count("SELECT count(*) FROM paper_choice"), tab.done) == (0, "")
    await tab.ask_paperless(subscriber_id=subscriber_id)
    await tab.confirm_paperless()
    assert await count("SELECT count(*) FROM paper_choice") == 1


async def test_a_file_that_is_being_joined(town, database):
    place = form_place("fuite", *town.alice.viewer.subscriber_ids)
    async with open_browser(http_app) as browser:

        def join():
            path, headers = f"/pieces-jointes/{place}?nom=compteur.png", {"cookie": town.alice.cookie}
            return browser.post(path, content=files.png(), headers=headers)

        answer = await cut_off(database, "LOCK TABLE stored_file IN SHARE MODE", join())
        assert answer.status_code == 503
        assert answer.json()["sentence"] in (Unavailable.sentence, NotKept.sentence)
        assert await count("SELECT count(*) FROM request_attachment") == 0

        assert (await join()).status_code == 201
    assert await count("SELECT count(*) FROM request_attachment") == 1


async def test_words_that_are_being_kept(town, database):
    """The page sees that the server failed, and tries again by itself."""
    place = form_place("fuite", *town.alice.viewer.subscriber_ids)
    async with open_browser(http_app) as browser:

        def keep():
            return browser.post(
                f"/brouillons/{place}",
                json={"description": "Sous l’év", "key": "cle-du-brouillon"},
                headers={"cookie": town.alice.cookie},
            )

        assert (await cut_off(database, DRAFTS, keep())).status_code == 503
        assert (await keep()).status_code == 204
    assert (await draft(town.alice, place))["description"] == "Sous l’év"


async def test_of_two_agents_who_answer_at_the_same_moment_one_is_told_of_the_other(town, asked):
    """Neither word is lost: one is sent, the other stays with who typed it."""
    tabs = [await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{asked.number}") for _ in range(2)]
    for tab in tabs:
        await tab.load()
    forms = [
        {"text": f"Réponse {place}", "key": f"cle-de-l-onglet-{place}", "status": "", "seen": str(tab.seen)}
        for place, tab in enumerate(tabs)
    ]
    await asyncio.gather(*(tab.answer(form_data=form) for tab, form in zip(tabs, forms, strict=True)))

    assert await count("SELECT count(*) FROM request_message") == 1
    (told,) = [tab for tab in tabs if tab.error]
    assert told.error.startswith("Chloé Durand a écrit entre-temps. Votre texte est gardé")
    assert len(told.desk.lines) == 1
    await told.answer(form_data=forms[tabs.index(told)] | {"seen": str(told.seen)})
    assert await count("SELECT count(*) FROM request_message") == 2


async def test_one_answer_sent_ten_times_at_once_is_one_answer_and_one_mail(town, asked):
    tabs = [await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{asked.number}") for _ in range(10)]
    await asyncio.gather(*(tab.load() for tab in tabs))
    form = {"text": "Nous venons.", "key": "la-meme-cle", "status": "resolue", "seen": "0"}
    await asyncio.gather(*(tab.answer(form_data=form) for tab in tabs))

    assert [tab.error for tab in tabs] == [""] * 10
    assert await count("SELECT count(*) FROM request_message") == 1
    assert await count("SELECT count(*) FROM mail WHERE subject LIKE '%est résolue'") == 1


async def test_both_sides_who_write_at_once_are_both_read(town, asked):
    hers = await open_tab(RequestState, town.alice, f"/demandes/{asked.number}")
    theirs = await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{asked.number}")
    await hers.load()
    await theirs.load()
    form = {"text": "Nous venons.", "key": theirs.reply.key, "status": "", "seen": str(theirs.seen)}
    await asyncio.gather(
        hers.send(form_data={"text": "Cela empire.", "key": hers.reply.key}), theirs.answer(form_data=form)
    )
    if theirs.error:  # hers came first, and staff read it before they answer
        await theirs.answer(form_data=form | {"seen": str(theirs.seen)})
    await hers.load()
    assert {line.text for line in hers.lines} == {"Nous venons.", "Cela empire."}


async def stand_a_cut(person, database: str, act: Act, typed: dict[str, str] | None = None) -> None:
    """Cut off, it is not done at all, says so, and keeps what was typed; done again, and once more, it is done once."""
    if act.place:
        async with transaction(person.viewer) as session:
            await keep_draft(session, person.viewer, act.place, typed or {}, now())
    before = await count(act.counted)
    await cut_off(database, act.held, act.do())
    assert act.said() == Unavailable.sentence
    assert await count(act.counted) == before
    if act.place:
        assert await draft(person, act.place) == typed

    await act.do()
    assert act.said() == ""
    assert await count(act.counted) == before + 1
    if act.place:
        assert await draft(person, act.place) == {}
    await act.do()
    assert await count(act.counted) == before + 1


async def draft(person, place: str) -> dict[str, str]:
    async with transaction(person.viewer) as session:
        return dict((await find_draft(session, person.viewer, place)).typed)


async def count(statement: str) -> int:
    async with transaction(Viewer.system()) as session:
        return (await execute_sql(session, text(statement))).scalar_one()
