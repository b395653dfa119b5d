"""A type of request is data: what its JSON leaves out is usual, what it gets wrong is a bug that is seen at once."""

import pytest

from models import AnswerKind, Question, RequestType

WHERE = {
    "name": "lieu",
    "label": "Où est la fuite ?",
    "kind": "choix",
    "hint": "Le plus précis possible.",
    "is_required": False,
    "choices": ["Avant le compteur", "Après"],
}


def test_a_question_is_what_its_json_declares():
    assert Question.declared(WHERE) == Question(
        name="lieu",
        label="Où est la fuite ?",
        kind=AnswerKind.CHOICE,
        hint="Le plus précis possible.",
        is_required=False,
        choices=("Avant le compteur", "Après"),
    )


def test_what_is_left_out_is_a_required_line_of_text():
    question = Question.declared({"name": "objet", "label": "Objet"})
    assert (question.kind, question.is_required, question.hint, question.choices) == (AnswerKind.TEXT, True, "", ())


@pytest.mark.parametrize(
    ("declared", "wrong"),
    [({"name": "x", "label": "X", "kind": "photo"}, ValueError), ({"label": "X"}, KeyError), ({"name": "x"}, KeyError)],
)
def test_a_question_that_cannot_be_asked_is_not_declared(declared, wrong):
    with pytest.raises(wrong):
        Question.declared(declared)


def test_a_type_asks_its_questions_in_their_order_and_says_how_many():
    asked = RequestType(declared_questions=[WHERE, {"name": "objet", "label": "Objet"}])
    assert [question.name for question in asked.questions] == ["lieu", "objet"]
    assert asked.question_count == 2
    assert RequestType().questions == ()


def test_a_list_of_types_is_given_the_number_of_questions_and_not_the_questions():
    shown = RequestType(name="Fuite", declared_questions=[WHERE]).model_dump()
    assert shown["question_count"] == 1
    assert "declared_questions" not in shown
