"""Requests on the staff's desk, as tabs know them: filters in the URL, answers, notes, types without a developer."""

import pytest

from models import AnswerKind, RequestStatus, StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden
from portail_app.services.request_drafts import keep_draft, thread_place
from portail_app.services.request_threads import write_to_service
from portail_app.services.request_turns import Turn
from portail_app.states.clock import now
from portail_app.states.desk import DeskState
from portail_app.states.request_types import RequestTypesState
from portail_app.states.staff_request import StaffRequestState
from portail_app.states.staff_requests import StaffRequestsState
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.tabs import open_tab

DESK, TYPES = "/agent/demandes", "/agent/types-de-demande"


@pytest.fixture
async def number(town) -> str:
    async with transaction(town.alice.viewer) as session:
        return (await factories.send_request(session, town.alice.viewer)).number


async def test_the_list_holds_what_goes_on_and_every_filter_is_in_the_url(town, number):
    tab = await open_list(town)
    assert [one.number for one in tab.requests] == [number]
    assert tab.subjects == ("Fuite",)

    for filters, found in (
        ({"etat": "nouvelle"}, 1),
        ({"etat": "resolue"}, 0),
        ({"etat": "n’importe quoi"}, 1),
        ({"agent": "moi"}, 0),
        ({"agent": "personne"}, 1),
        ({"type": "Fuite"}, 1),
        ({"type": "Autre demande"}, 0),
        ({"retard": "oui"}, 1 if tab.requests[0].due_on < now().date() else 0),
        ({"recherche": number.lower()}, 1),
        ({"recherche": "martin"}, 1),
        ({"recherche": "%"}, 0),
        ({"page": "9"}, 0),
    ):
        assert len((await open_list(town, **filters)).requests) == found, filters


async def test_each_filter_keeps_the_others(town, number):
    tab = await open_list(town, etat="nouvelle", recherche="martin", page="2")
    for chosen, expected in (
        (tab.choose_handler(value="moi"), "agent=moi"),
        (tab.choose_progress(value="toutes"), "etat=toutes"),
        (tab.choose_subject(value="Fuite"), "type=Fuite"),
        (tab.choose_overdue(checked=True), "retard=oui"),
        (tab.look_for(form={"recherche": "petit"}), "recherche=petit"),
    ):
        address = str(await chosen)
        assert expected in address
        assert "page=" not in address


async def test_staff_answer_note_and_assign_on_one_page(town, number):
    tab = await open_one(town.chloe, number)
    await tab.answer(form_data=reply(tab, text="Un agent passe jeudi.", status="en_attente"))
    assert (tab.done, tab.error) == ("Votre réponse est envoyée.", "")
    assert tab.desk.request.status is RequestStatus.WAITING

    await tab.write_note(form_data={"note": "Rappeler lundi.", "key": tab.note.key})
    assert [(line.text, line.is_note) for line in tab.desk.lines] == [
        ("Un agent passe jeudi.", False),
        ("Rappeler lundi.", True),
    ]
    account_id = town.chloe.viewer.account_id
    await tab.assign(form_data={"account_id": str(account_id), "due_on": "2030-01-02"})
    assert (tab.desk.request.assignee_id, str(tab.desk.request.due_on)) == (account_id, "2030-01-02")
    await tab.assign(form_data={"account_id": "", "due_on": "2030-01-02"})
    assert tab.desk.request.assignee_id is None


async def test_the_second_agent_is_told_sees_the_first_answer_and_sends_again(town, number):
    damien = await appoint(town, "damien@example.fr")
    first, second = await open_one(town.chloe, number), await open_one(damien, number)
    await keep(damien, number, "Ma réponse", second.reply.key)
    await first.answer(form_data=reply(first, text="La réponse de Chloé"))
    await second.answer(form_data=reply(second, text="Ma réponse"))

    assert second.error.startswith("Chloé Durand a écrit entre-temps. Votre texte est gardé")
    assert [line.text for line in second.desk.lines] == ["La réponse de Chloé"]
    assert (await open_one(damien, number)).reply.text == "Ma réponse"

    await second.answer(form_data=reply(second, text="Ma réponse"))
    assert [line.text for line in second.desk.lines] == ["La réponse de Chloé", "Ma réponse"]


async def test_what_the_subscriber_wrote_meanwhile_is_read_before_the_answer_leaves(town, number):
    tab = await open_one(town.chloe, number)
    async with transaction(town.alice.viewer) as session:
        await write_to_service(session, town.alice.viewer, number, Turn("C’est réparé !", "cle-d-alice"), now())
    await tab.answer(form_data=reply(tab, text="Nous venons."))
    assert tab.error.startswith("Alice Martin a écrit entre-temps.")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 100_000}, "text"),
        ({"text": "Bonjour", "status": "annulee"}, "status"),
        ({"text": "Bonjour", "status": "?"}, "status"),
        ({"text": "Bonjour", "seen": "x"}, "seen"),
        ({"text": ["Bonjour"]}, "text"),
    ],
)
async def test_a_wrong_answer_is_refused_at_its_field_and_not_sent(town, number, sent, field):
    tab = await open_one(town.chloe, number)
    await tab.answer(form_data=reply(tab) | sent)
    assert tab.error_field == field
    assert (await open_one(town.chloe, number)).desk.lines == ()


@pytest.mark.parametrize("due_on", ["", "demain", "2026-02-31"])
async def test_a_wrong_date_changes_nothing(town, number, due_on):
    tab = await open_one(town.chloe, number)
    before = tab.desk.request.due_on
    await tab.assign(form_data={"account_id": "", "due_on": due_on})
    assert (tab.error_field, tab.desk.request.due_on) == ("due_on", before)


async def test_a_subscriber_opens_no_desk(town, number):
    for state in (StaffRequestsState, StaffRequestState, RequestTypesState):
        with pytest.raises(Forbidden):
            await (await open_tab(state, town.alice, f"{DESK}/{number}")).load()


async def test_the_staffs_home_says_what_waits(town, number):
    tab = await open_tab(DeskState, town.chloe, "/agent")
    await tab.load()
    assert (tab.requests.count, tab.requests.mine) == (1, 0)
    one = await open_one(town.chloe, number)
    await one.answer(form_data=reply(one, text="Dites-moi", status="en_attente"))
    await tab.load()
    assert tab.requests.count == 0


async def test_a_type_is_made_written_and_opened_without_a_developer(town):
    tab = await open_tab(RequestTypesState, town.chloe, TYPES)
    await tab.load()
    await tab.add(form_data={"utility_id": str(town.utility.id), "name": "Relève contestée"})
    await tab.load()
    type_id = tab.types[-1].id
    tab = await open_type(town.chloe, type_id)
    assert (tab.chosen.code, tab.chosen.is_active) == ("releve-contestee", False)

    await tab.write(type_id=type_id, form_data=words(name="Relève contestée", due_days="7", is_active="on"))
    question = {
        "label-x": "Quel compteur ?",
        "kind-x": "choix",
        "choices-x": "Cuisine\nJardin\n",
        "is_required-x": "on",
    }
    await tab.write_question(type_id=type_id, form_data=question)
    assert (tab.error, tab.chosen.due_days) == ("", 7)
    assert (tab.questions[1].name, tab.questions[1].choices) == ("quel-compteur", ("Cuisine", "Jardin"))

    await tab.move_question(type_id=type_id, place=1, by=-1)
    assert [one.label for one in tab.questions] == ["Quel compteur ?", "Votre demande"]
    await tab.remove_question(type_id=type_id, place=1)
    assert [one.kind for one in tab.questions] == [AnswerKind.CHOICE]
    await tab.remove_question(type_id=type_id, place=0)
    assert tab.error == "Un formulaire a de 1 à 30 questions."


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"label-x": " "}, "label"),
        ({"label-x": "Q", "kind-x": "image"}, "kind"),
        ({"label-x": "Q", "kind-x": "choix", "choices-x": "Une seule"}, "choices"),
        ({"label-x": "Q" * 500}, "label"),
    ],
)
async def test_a_wrong_question_is_refused_and_the_form_is_as_it_was(town, sent, field):
    type_id = await first_type(town)
    tab = await open_type(town.chloe, type_id)
    before = tab.questions
    await tab.write_question(type_id=type_id, form_data={"place": "0", "kind-x": "texte"} | sent)
    assert tab.error_field == field
    assert (await open_type(town.chloe, type_id)).questions == before


async def test_an_agent_reads_the_types_and_changes_none(town):
    agent = await appoint(town, "damien@example.fr", StaffRank.AGENT)
    type_id = await first_type(town)
    tab = await open_type(agent, type_id)
    await tab.write(type_id=type_id, form_data=words(name="Changé"))
    assert tab.error == Forbidden.sentence
    assert (await open_type(town.chloe, type_id)).chosen.name == "Problème sur mon installation"


@pytest.mark.parametrize("changed", [{"due_days": "9999"}, {"due_days": "x"}, {"name": ""}, {"guidance": "x" * 3_000}])
async def test_a_type_is_not_written_with_what_makes_no_sense(town, changed):
    type_id = await first_type(town)
    tab = await open_type(town.chloe, type_id)
    await tab.write(type_id=type_id, form_data=words() | changed)
    assert tab.error_field in changed
    assert (await open_type(town.chloe, type_id)).chosen.name == "Problème sur mon installation"


async def open_list(town, **filters: str) -> StaffRequestsState:
    tab = await open_tab(StaffRequestsState, town.chloe, DESK, **filters)
    await tab.load()
    return tab


async def open_one(person, number: str) -> StaffRequestState:
    tab = await open_tab(StaffRequestState, person, f"{DESK}/{number}")
    await tab.load()
    return tab


async def open_type(person, type_id: int) -> RequestTypesState:
    tab = await open_tab(RequestTypesState, person, TYPES, type=str(type_id))
    await tab.load()
    return tab


async def first_type(town) -> int:
    tab = await open_tab(RequestTypesState, town.chloe, TYPES)
    await tab.load()
    return tab.types[0].id


def reply(tab: StaffRequestState, **typed: str) -> dict[str, object]:
    return {"key": tab.reply.key, "seen": str(tab.seen), "text": "", "status": "", **typed}


def words(**typed: str) -> dict[str, str]:
    return {"name": "Autre nom", "guidance": "", "acknowledgement": "", "handler_id": "", "due_days": "5", **typed}


async def appoint(town, email: str, rank: StaffRank = StaffRank.MANAGER) -> Person:
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, email, name="Damien Roussel")
        await factories.appoint(session, account, town.utility, rank)
        return Person(*await factories.sign_in(session, account))


async def keep(person, number: str, words: str, key: str) -> None:
    async with transaction(person.viewer) as session:
        await keep_draft(session, person.viewer, thread_place(number), {"text": words, "key": key}, now())
