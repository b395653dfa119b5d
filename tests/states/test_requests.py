"""A subscriber's requests, as tabs of the browser know them: forms, drafts, the thread, what is sent twice."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from models import Request, RequestStatus
from portail_app.database import execute_sql, transaction
from portail_app.errors import Forbidden, NotSignedIn, Unavailable
from portail_app.services import request_mails
from portail_app.services.request_drafts import find_draft, form_place, keep_draft, thread_place
from portail_app.services.request_threads import answer_request, read_thread
from portail_app.services.request_turns import Turn
from portail_app.states.clock import now
from portail_app.states.new_request import NewRequestState
from portail_app.states.request import RequestState
from portail_app.states.requests import RequestsState
from portail_app.viewer import Viewer
from tests import factories
from tests.tabs import open_tab

FORM = "/demandes/nouvelle"
LEAK = {"lieu": "Après le compteur", "constatee": "2026-11-20", "reparee": "non", "description": "Sous l’évier."}


@pytest.mark.parametrize("state", [NewRequestState, RequestState, RequestsState])
async def test_nobody_and_staff_alone_open_none_of_these_pages(town, state):
    with pytest.raises(NotSignedIn):
        await (await open_tab(state, None, "/demandes")).load()
    with pytest.raises(Forbidden):
        await (await open_tab(state, town.chloe, "/demandes")).load()


async def test_the_forms_to_choose_from_are_the_utilitys_open_ones(town):
    tab = await open_tab(NewRequestState, town.alice, FORM)
    await tab.load()
    names = [one.name for one in tab.types]
    assert names[:2] == ["Problème sur mon installation", "Emménagement"]
    assert "Message" not in names
    assert tab.form is None


async def test_a_form_is_filled_and_sent_and_the_draft_is_over(town):
    tab = await open_form(town, "fuite")
    await keep(town, tab, {**LEAK, "key": tab.form.key})
    sending = await tab.send(form_data=sent(tab, LEAK))

    (request,) = await all_requests()
    assert request.number in str(sending)
    assert await kept(town, tab.form.place) == {}


async def test_a_double_press_makes_one_request(town):
    tab = await open_form(town, "fuite")
    answers = [str(await tab.send(form_data=sent(tab, LEAK))) for _ in range(2)]
    (request,) = await all_requests()
    assert all(request.number in answer for answer in answers)


async def test_a_tab_that_opens_again_has_the_words_and_the_key_of_the_one_that_closed(town):
    tab = await open_form(town, "fuite")
    await keep(town, tab, {"description": "Sous l’év", "lieu": "Au compteur", "key": tab.form.key})

    again = await open_form(town, "fuite")
    assert {field.name: field.typed for field in again.form.fields if field.typed} == {
        "lieu": "Au compteur",
        "description": "Sous l’év",
    }
    assert again.form.key == tab.form.key
    assert again.form.kept_at is not None
    assert (await open_form(town, "reclamation")).form.key != tab.form.key


async def test_the_neighbour_has_his_own_draft(town):
    tab = await open_form(town, "fuite")
    await keep(town, tab, {"description": "Privé", "key": tab.form.key})

    brunos = await open_tab(NewRequestState, town.bruno, FORM, type="fuite")
    await brunos.load()
    assert not any(field.typed for field in brunos.form.fields)


async def test_what_is_wrong_is_said_at_the_question_and_nothing_is_stored(town):
    tab = await open_form(town, "fuite")
    await tab.send(form_data=sent(tab, LEAK | {"lieu": ""}))
    assert (tab.error, tab.error_field) == ("Répondez à cette question.", "lieu")
    assert await all_requests() == []


async def test_a_megabyte_is_refused_in_words_and_nothing_is_stored(town):
    tab = await open_form(town, "fuite")
    await tab.send(form_data=sent(tab, LEAK | {"description": "x" * 100_000}))
    assert tab.error.startswith("Votre texte compte 100\u202f000 caractères, pour 8\u202f000 au plus")
    await tab.send(form_data=sent(tab, LEAK | {"description": "x" * 1_000_000}))
    assert tab.error
    assert await all_requests() == []


async def test_cleared_by_mistake_can_be_had_back(town):
    tab = await open_form(town, "fuite")
    await keep(town, tab, {"description": "Longue histoire", "key": tab.form.key})
    former = tab.form.key
    await tab.clear(code="fuite", subscriber_id=tab.form.subscriber_id, key=former)
    assert not any(field.typed for field in tab.form.fields)
    assert tab.form.key != former

    await tab.restore(code="fuite", subscriber_id=tab.form.subscriber_id)
    assert "Longue histoire" in [field.typed for field in tab.form.fields]


async def test_the_contact_page_is_the_message_with_the_services_own_information(town):
    async with transaction(Viewer.system()) as session:
        await execute_sql(session, text("UPDATE utility SET phone = '03 20 00 00 00', opening_hours = 'Le matin'"))
    tab = await open_tab(NewRequestState, town.alice, "/contact")
    await tab.load()
    assert [field.label for field in tab.form.fields] == ["Votre message"]
    assert (tab.service.phone, tab.service.opening_hours) == ("03 20 00 00 00", "Le matin")

    await tab.send(form_data=sent(tab, {"message": "Bonjour <b>vous</b>"}))
    (request,) = await all_requests()
    assert (request.kind, request.summary) == ("message", "Bonjour <b>vous</b>")


async def test_who_holds_two_subscribers_asks_in_the_name_of_the_one_in_the_url(town):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_subscriber(session, town.utility, number="900001", name="SCI Martin")
        await execute_sql(
            session,
            text("INSERT INTO account_subscriber (account_id, subscriber_id, hold) VALUES (:a, :s, 'titulaire')"),
            a=town.alice.viewer.account_id,
            s=other.id,
        )
    tab = await open_tab(NewRequestState, town.alice, FORM, type="fuite", abonne="900001")
    await tab.load()
    assert (tab.chosen, tab.form.subscriber_id, len(tab.subscribers)) == ("900001", other.id, 2)
    assert "abonne=100001" in str(await tab.choose_subscriber(number="100001"))


async def test_a_type_that_is_not_offered_is_said_missing(town):
    tab = await open_form(town, "inconnue")
    assert (tab.form, tab.missing) == (None, "Type de demande introuvable.")


async def test_a_thread_is_followed_and_written_in(town):
    number = await send_leak(town)
    tab = await open_thread(town.alice, number)
    assert tab.request.number == number

    await tab.send(form_data={"text": "Cela empire.", "key": tab.reply.key})
    assert ([line.text for line in tab.lines], tab.done) == (["Cela empire."], "Votre message est envoyé.")
    await tab.withdraw()
    assert tab.request.status is RequestStatus.WITHDRAWN


async def test_what_was_begun_in_a_thread_is_there_again(town):
    number = await send_leak(town)
    async with transaction(town.alice.viewer) as session:
        typed = {"text": "Je voulais dire", "key": "cle-de-la-reponse"}
        await keep_draft(session, town.alice.viewer, thread_place(number), typed, now())
    tab = await open_thread(town.alice, number)
    assert (tab.reply.text, tab.reply.key) == ("Je voulais dire", "cle-de-la-reponse")


async def test_the_neighbour_is_told_that_there_is_no_such_request(town):
    number = await send_leak(town)
    tab = await open_thread(town.bruno, number)
    assert (tab.request, tab.lines, tab.missing) == (None, (), "Demande introuvable.")
    await tab.send(form_data={"text": "Bonjour", "key": "cle-du-voisin"})
    await tab.withdraw()
    assert tab.error == "Demande introuvable."
    async with transaction(town.alice.viewer) as session:
        assert (await read_thread(session, town.alice.viewer, number)).lines == ()


async def test_the_list_shows_hers_and_not_his(town):
    number = await send_leak(town)
    hers, his = [await open_tab(RequestsState, person, "/demandes") for person in (town.alice, town.bruno)]
    await hers.load()
    await his.load()
    assert [one.number for one in hers.requests] == [number]
    assert (his.requests, his.is_loaded) == ((), True)


async def test_a_list_is_cut_into_pages(town):
    async with transaction(town.alice.viewer) as session:
        for _ in range(21):
            await factories.send_request(session, town.alice.viewer)
    tab = await open_tab(RequestsState, town.alice, "/demandes", page="2")
    await tab.load()
    assert len(tab.requests) == 1
    assert tab.shown == {"range": "Demandes 21 à 21 sur 21", "previous": "/demandes", "next": ""}


async def test_while_the_database_is_away_the_words_stay_and_the_next_sending_is_the_first(town, monkeypatch):
    async def gone(*_):
        raise Unavailable

    tab = await open_form(town, "fuite")
    await keep(town, tab, {**LEAK, "key": tab.form.key})
    with monkeypatch.context() as broken:
        broken.setattr(request_mails, "tell_opened", gone)
        await tab.send(form_data=sent(tab, LEAK))
    assert tab.error == Unavailable.sentence
    assert await all_requests() == []
    assert (await kept(town, tab.form.place))["description"] == "Sous l’évier."

    await tab.send(form_data=sent(tab, LEAK))
    assert len(await all_requests()) == 1


async def test_an_answer_that_comes_while_she_writes_does_not_touch_her_form(town):
    number = await send_leak(town)
    tab = await open_thread(town.alice, number)
    before = tab.reply
    async with transaction(town.chloe.viewer) as session:
        await answer_request(session, town.chloe.viewer, number, Turn("Bonjour", "cle-de-chloe"), now())
    async with transaction(town.alice.viewer) as session:
        tab._show(await read_thread(session, town.alice.viewer, number))
    assert tab.reply == before
    assert [line.text for line in tab.lines] == ["Bonjour"]


async def open_form(town, code: str) -> NewRequestState:
    tab = await open_tab(NewRequestState, town.alice, FORM, type=code)
    await tab.load()
    return tab


async def open_thread(person, number: str) -> RequestState:
    tab = await open_tab(RequestState, person, f"/demandes/{number}")
    await tab.load()
    return tab


def sent(tab: NewRequestState, answers: dict[str, str]) -> dict[str, str]:
    form = tab.form
    return {"type": form.code, "subscriber_id": str(form.subscriber_id), "key": form.key, **answers}


async def keep(town, tab: NewRequestState, typed: dict[str, str]) -> None:
    async with transaction(town.alice.viewer) as session:
        place = form_place(tab.form.code, tab.form.subscriber_id)
        await keep_draft(session, town.alice.viewer, place, typed, now())


async def kept(town, place: str) -> dict[str, str]:
    async with transaction(town.alice.viewer) as session:
        return dict((await find_draft(session, town.alice.viewer, place)).typed)


async def send_leak(town) -> str:
    async with transaction(town.alice.viewer) as session:
        return (await factories.send_request(session, town.alice.viewer)).number


async def all_requests() -> list[Request]:
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(Request))).all())
