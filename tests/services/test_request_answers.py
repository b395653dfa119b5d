"""What a form is answered: in the order of its questions, as it will be read, and refused where it cannot be."""

import pytest

from models import AnswerKind, Question
from portail_app.errors import Invalid
from portail_app.services.request_answers import LONGEST_LINE, LONGEST_TEXT, check_answers, check_text

NAME = "réponse"
NO_DATE, NO_NUMBER = "Indiquez une date, comme 21/07/2017.", "Indiquez un nombre, comme 1284."
NO_CHOICE, NO_YES = "Choisissez une des réponses proposées.", "Répondez par oui ou par non."


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        (AnswerKind.TEXT, "  Sous l’évier ", "Sous l’évier"),
        (AnswerKind.LONG_TEXT, "Un\r\ndeux\n", "Un\ndeux"),
        (AnswerKind.DATE, "2026-02-09", "09/02/2026"),
        (AnswerKind.YES_NO, "oui", "Oui"),
        (AnswerKind.YES_NO, "non", "Non"),
        (AnswerKind.CHOICE, "Jardin", "Jardin"),
        *((AnswerKind.NUMBER, number, number) for number in ("0", "1284", "-3", "12,5", "12.5", "999999999999")),
        *((AnswerKind.NUMBER, number, number) for number in ("1 284", "1\u202f284", "1\u00a0284,50")),
    ],
)
def test_an_answer_is_kept_as_it_will_be_read(kind, typed, shown):
    assert answer(ask(kind, choices=("Cuisine", "Jardin")), typed) == [["La question", shown]]


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        *((AnswerKind.DATE, typed, NO_DATE) for typed in ("hier", "2026-02-30", "9/2/26")),
        *((AnswerKind.NUMBER, typed, NO_NUMBER) for typed in ("mille", "1,2,3", "12 m3", "1e5")),
        *((AnswerKind.NUMBER, typed, NO_NUMBER) for typed in ("1" * 13, "1,1234567", "--1", ",5")),
        *((AnswerKind.CHOICE, typed, NO_CHOICE) for typed in ("Cave", "jardin", "0")),
        *((AnswerKind.YES_NO, typed, NO_YES) for typed in ("peut-être", "Oui", "on", "true")),
    ],
)
def test_what_is_no_answer_is_said_at_its_question(kind, typed, sentence):
    assert refusal_of(ask(kind, choices=("Cuisine", "Jardin")), typed).sentence == sentence


@pytest.mark.parametrize("kind", AnswerKind)
@pytest.mark.parametrize("typed", ["", "  \r\n "])
def test_a_required_question_is_answered(kind, typed):
    assert refusal_of(ask(kind), typed).sentence == "Répondez à cette question."


@pytest.mark.parametrize("kind", AnswerKind)
def test_an_optional_question_that_is_left_empty_is_left_out(kind):
    assert answer(ask(kind, is_required=False), " ") == []


def test_an_optional_answer_is_checked_all_the_same():
    assert "date" in refusal_of(ask(AnswerKind.DATE, is_required=False), "hier").sentence


@pytest.mark.parametrize(("kind", "longest"), [(AnswerKind.TEXT, LONGEST_LINE), (AnswerKind.LONG_TEXT, LONGEST_TEXT)])
def test_an_answer_has_so_many_characters_at_most_and_nothing_is_cut(kind, longest):
    assert answer(ask(kind), "x" * longest) == [["La question", "x" * longest]]
    assert answer(ask(kind), f"  {'x' * longest}  ") == [["La question", "x" * longest]]
    assert "raccourcissez-le" in refusal_of(ask(kind), "x" * (longest + 1)).sentence


def test_answers_come_in_the_order_of_the_form_whatever_the_browser_sends_first():
    questions = [Question(name, name.upper()) for name in ("a", "b", "c")]
    answered = check_answers(questions, {"c": "3", "intrus": "x", "a": "1", "b": "2"})
    assert answered == [["A", "1"], ["B", "2"], ["C", "3"]]


def test_the_first_question_at_fault_is_the_one_that_is_said():
    questions = [Question(name, name) for name in ("a", "b", "c")]
    with pytest.raises(Invalid) as refused:
        check_answers(questions, {"a": "1"})
    assert refused.value.field == "b"


def test_a_form_without_questions_has_no_answers():
    assert check_answers([], {"description": "x"}) == []


def test_what_no_database_can_hold_is_refused_without_a_word_of_it():
    with pytest.raises(Invalid) as refused:
        check_text("a\0b", "text")
    assert (refused.value.field, refused.value.sentence) == ("text", Invalid.sentence)


def test_lengths_are_said_as_they_are_written_in_french():
    with pytest.raises(Invalid) as refused:
        check_text("x" * 12_345, "text", 1_000)
    assert refused.value.sentence == (
        "Votre texte compte 12\u202f345 caractères, pour 1\u202f000 au plus : raccourcissez-le, ou envoyez-le en "
        "plusieurs fois."
    )


def ask(kind: AnswerKind = AnswerKind.TEXT, **values) -> Question:
    return Question(NAME, "La question", kind, **values)


def answer(question: Question, typed: str) -> list[list[str]]:
    return check_answers([question], {NAME: typed})


def refusal_of(question: Question, typed: str) -> Invalid:
    with pytest.raises(Invalid) as refused:
        answer(question, typed)
    assert refused.value.field == NAME
    return refused.value
