"""Staff write the types of requests: what they ask, who handles them, until when; and never break a page by it."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models import AnswerKind, AuditEntry, Question, RequestKind, RequestType, StaffRank, Subscriber
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.request_type_desk import (
    LONGEST_DELAY,
    LONGEST_NAME,
    MOST_CHOICES,
    MOST_QUESTIONS,
    TypeDraft,
    add_type,
    find_type,
    list_types,
    move_question,
    remove_question,
    write_question,
    write_type,
)
from portail_app.services.request_types import list_offered
from tests.factories import NOW, create_utility, send_request
from tests.services.staff import damien_of_elsewhere, staff_of

DRAFT = TypeDraft("Relève contestée", "Lisez ceci.", "C’est noté.", None, 5, is_active=True)
WHICH = Question("", "Quel compteur ?", AnswerKind.TEXT)


@pytest.fixture
async def made(session, cast, chloe) -> RequestType:
    """A form with one question, closed."""
    return await add_type(session, chloe, cast.utility.id, "  Relève contestée ")


class TestTheType:
    async def test_a_new_one_is_last_closed_and_asks_one_thing(self, session, cast, chloe, made):
        assert (made.name, made.code) == ("Relève contestée", "releve-contestee")
        assert (made.is_active, made.kind) == (False, RequestKind.FORM)
        assert [question.name for question in made.questions] == ["description"]
        assert (await list_types(session, chloe))[-1].id == made.id
        assert await actions(session) == [("Type de demande créé", "Relève contestée")]

    async def test_two_of_a_name_have_two_addresses(self, session, cast, chloe, made):
        again = await add_type(session, chloe, cast.utility.id, "Relève contestée")
        assert (again.code, again.position) == ("releve-contestee-2", made.position + 1)

    async def test_it_is_offered_once_staff_have_opened_it(self, session, chloe, alice, made):
        subscriber = await subscriber_of(session, alice)
        assert made.code not in {one.code for one in await list_offered(session, subscriber)}
        await write_type(session, chloe, made.id, DRAFT)
        assert (await list_offered(session, subscriber))[-1].code == made.code

    async def test_what_is_written_is_kept_without_the_spaces_around_and_the_former_is_in_the_trail(
        self, session, chloe, made
    ):
        draft = replace(DRAFT, name=" Fuite ", guidance=" Lisez. ", handler_id=chloe.account_id)
        written = await write_type(session, chloe, made.id, draft)
        assert (written.name, written.guidance, written.acknowledgement) == ("Fuite", "Lisez.", "C’est noté.")
        assert (written.handler_id, written.due_days, written.is_active) == (chloe.account_id, 5, True)
        assert written.code == "releve-contestee"
        (entry,) = await entries(session, "Type de demande modifié")
        assert entry.details == {"avant": "nom Relève contestée, délai 10, ouvert non"}

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"name": "  "}, "name"),
            ({"name": "x" * (LONGEST_NAME + 1)}, "name"),
            ({"guidance": "x" * 2_001}, "guidance"),
            ({"acknowledgement": "x" * 2_001}, "acknowledgement"),
            ({"due_days": -1}, "due_days"),
            ({"due_days": LONGEST_DELAY + 1}, "due_days"),
        ],
    )
    async def test_what_makes_no_sense_is_refused_at_its_field_and_nothing_is_written(
        self, session, chloe, made, changed, field
    ):
        with pytest.raises(Invalid) as refused:
            await write_type(session, chloe, made.id, replace(DRAFT, **changed))
        assert refused.value.field == field
        assert (made.name, made.due_days, made.is_active) == ("Relève contestée", 10, False)

    @pytest.mark.parametrize("due_days", [0, LONGEST_DELAY])
    async def test_an_answer_may_be_due_the_same_day_or_in_a_year(self, session, chloe, made, due_days):
        assert (await write_type(session, chloe, made.id, replace(DRAFT, due_days=due_days))).due_days == due_days

    async def test_it_is_handled_by_nobody_who_does_not_work_there(self, session, chloe, bruno, made):
        with pytest.raises(NotFound, match="Agent"):
            await write_type(session, chloe, made.id, replace(DRAFT, handler_id=bruno.account_id))
        assert made.handler_id is None

    @pytest.mark.parametrize("code", ["message", "donnees-personnelles"])
    async def test_what_a_page_of_the_portal_sends_is_never_closed(self, session, cast, chloe, code):
        """Else « Contact » would show no telephone number any more, and nobody could correct their address."""
        own = await type_of(session, cast, code)
        with pytest.raises(Invalid, match="reste proposée aux abonnés") as refused:
            await write_type(session, chloe, own.id, replace(DRAFT, is_active=False))
        assert refused.value.field == "is_active"
        assert (await write_type(session, chloe, own.id, DRAFT)).is_active


class TestItsQuestions:
    async def test_one_is_added_at_the_end_under_a_name_of_its_own(self, session, chloe, made):
        for _ in range(2):
            await write_question(session, chloe, made.id, None, WHICH)
        assert [question.name for question in made.questions] == ["description", "quel-compteur", "quel-compteur-2"]

    async def test_one_that_is_changed_keeps_its_place_and_its_name(self, session, chloe, made):
        await write_question(session, chloe, made.id, None, WHICH)
        await write_question(session, chloe, made.id, 0, Question("", "Racontez", AnswerKind.LONG_TEXT, "En bref."))
        first, second = made.questions
        assert (first.name, first.label, first.hint) == ("description", "Racontez", "En bref.")
        assert second.label == "Quel compteur ?"

    @pytest.mark.parametrize(
        ("place", "by", "order"),
        [(0, 1, "BAC"), (0, -1, "ABC"), (2, 1, "ABC"), (2, -1, "ACB"), (1, -1, "BAC"), (1, 1, "ACB")],
    )
    async def test_one_is_moved_by_one_place_and_no_further_than_the_ends(self, session, chloe, made, place, by, order):
        for label in "BC":
            await write_question(session, chloe, made.id, None, Question("", label))
        await write_question(session, chloe, made.id, 0, Question("", "A"))
        await move_question(session, chloe, made.id, place, by)
        assert "".join(question.label for question in made.questions) == order

    async def test_what_was_answered_stays_once_its_question_is_gone(self, session, cast, alice, chloe):
        sent = await send_request(session, alice)
        leak = await type_of(session, cast, "fuite")
        await remove_question(session, chloe, leak.id, 0)
        assert "lieu" not in {question.name for question in leak.questions}
        assert sent.content[0] == ["Où est la fuite ?", "Après le compteur"]

    async def test_a_form_keeps_one_question_and_has_thirty_at_most(self, session, chloe, made):
        with pytest.raises(Invalid, match="de 1 à 30 questions"):
            await remove_question(session, chloe, made.id, 0)
        for number in range(2, MOST_QUESTIONS + 1):
            await write_question(session, chloe, made.id, None, Question("", f"Question {number}"))
        with pytest.raises(Invalid, match="de 1 à 30 questions"):
            await write_question(session, chloe, made.id, None, WHICH)
        assert made.question_count == MOST_QUESTIONS

    @pytest.mark.parametrize("place", [-1, 1, 99])
    async def test_a_place_where_there_is_no_question_is_not_found(self, session, chloe, made, place):
        for change in (
            write_question(session, chloe, made.id, place, WHICH),
            move_question(session, chloe, made.id, place, 1),
            remove_question(session, chloe, made.id, place),
        ):
            with pytest.raises(NotFound, match="Question"):
                await change
        assert [question.name for question in made.questions] == ["description"]

    async def test_choices_are_kept_once_each_without_empty_lines(self, session, chloe, made):
        asked = Question("", "Lequel ?", AnswerKind.CHOICE, choices=(" Cuisine ", "", "Jardin", "Cuisine", "   "))
        await write_question(session, chloe, made.id, None, asked)
        assert made.questions[1].choices == ("Cuisine", "Jardin")

    @pytest.mark.parametrize("choices", [(), ("Une",), ("Une", " Une "), tuple(map(str, range(MOST_CHOICES + 1)))])
    async def test_a_choice_is_between_two_and_thirty(self, session, chloe, made, choices):
        with pytest.raises(Invalid, match="de 2 à 30 réponses") as refused:
            await write_question(session, chloe, made.id, None, replace(WHICH, kind=AnswerKind.CHOICE, choices=choices))
        assert refused.value.field == "choices"

    async def test_what_is_no_choice_offers_none(self, session, chloe, made):
        await write_question(session, chloe, made.id, None, replace(WHICH, choices=("Oui", "Non")))
        assert made.questions[1].choices == ()

    async def test_personal_data_is_asked_by_its_own_page_and_takes_no_question(self, session, cast, alice, chloe):
        """Else nobody could change anything: the page would not answer it."""
        own = await type_of(session, cast, "donnees-personnelles")
        with pytest.raises(Invalid, match="n’a pas de questions"):
            await write_question(session, chloe, own.id, None, WHICH)
        (hers,) = alice.subscriber_ids
        assert (await ask_for_changes(session, alice, hers, {"city": "Aire"}, "cle-de-test", NOW)).is_open


class TestWhoMay:
    @pytest.mark.parametrize("rank", [StaffRank.MANAGER, StaffRank.ADMINISTRATOR])
    async def test_managers_write_them(self, session, cast, made, rank):
        viewer = await staff_of(session, cast.utility, rank)
        assert (await write_type(session, viewer, made.id, DRAFT)).is_active

    async def test_agents_read_them_and_write_none(self, session, cast, made):
        agent = await staff_of(session, cast.utility, StaffRank.AGENT)
        assert made.id in {one.id for one in await list_types(session, agent)}
        for attempt in attempts(session, agent, cast.utility.id, made.id):
            with pytest.raises(Forbidden):
                await attempt
        await nothing_changed(session, made)

    async def test_another_towns_administrator_finds_none(self, session, cast, made):
        damien = await damien_of_elsewhere(session)
        assert cast.utility.id not in {one.utility_id for one in await list_types(session, damien)}
        for attempt in attempts(session, damien, cast.utility.id, made.id):
            with pytest.raises(NotFound):
                await attempt
        await nothing_changed(session, made)

    async def test_subscribers_reach_none(self, session, cast, alice, made):
        with pytest.raises(Forbidden):
            await list_types(session, alice)
        for attempt in attempts(session, alice, cast.utility.id, made.id):
            with pytest.raises((Forbidden, NotFound)):
                await attempt
        await nothing_changed(session, made)

    async def test_who_works_for_two_towns_sees_those_of_both_town_by_town(self, session, cast, chloe):
        other = await create_utility(session)
        both = replace(chloe, ranks={**chloe.ranks, other.id: StaffRank.AGENT})
        found = [one.utility_id for one in await list_types(session, both)]
        assert found == sorted(found)
        assert set(found) == {cast.utility.id, other.id}


def attempts(session, viewer, utility_id: int, type_id: int):
    yield add_type(session, viewer, utility_id, "Intrus")
    yield write_type(session, viewer, type_id, DRAFT)
    yield write_question(session, viewer, type_id, None, WHICH)
    yield move_question(session, viewer, type_id, 0, 1)
    yield remove_question(session, viewer, type_id, 0)


async def nothing_changed(session, made: RequestType) -> None:
    assert (made.name, made.is_active, made.question_count) == ("Relève contestée", False, 1)
    assert (await session.exec(select(RequestType).where(RequestType.name == "Intrus"))).all() == []
    assert await actions(session) == [("Type de demande créé", "Relève contestée")]


async def type_of(session, cast, code: str) -> RequestType:
    wanted = select(RequestType.id).where(RequestType.utility_id == cast.utility.id, RequestType.code == code)
    return await find_type(session, cast.chloe.viewer, (await session.exec(wanted)).one())


async def subscriber_of(session, viewer):
    (subscriber_id,) = viewer.subscriber_ids
    return await session.get_one(Subscriber, subscriber_id)


async def entries(session, action: str) -> list[AuditEntry]:
    return list((await session.exec(select(AuditEntry).where(AuditEntry.action == action))).all())


async def actions(session) -> list[tuple[str, str]]:
    found = (await session.exec(select(AuditEntry).order_by(AuditEntry.id))).all()
    return [(entry.action, entry.subject) for entry in found]
