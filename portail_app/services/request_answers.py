"""What a form was answered, question by question: checked against what its type asks."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from models import AnswerKind, Question
from portail_app.errors import Invalid
from portail_app.formats import day, quantity

LONGEST_LINE = 300
LONGEST_TEXT = 8_000
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_YES_NO = {"oui": "Oui", "non": "Non"}


def check_answers(questions: Iterable[Question], typed: Mapping[str, str]) -> list[list[str]]:
    """(label, answer) in the order of the form, as they will be read; what was left empty is left out.

    Raises Invalid at the first question that is not answered as it should be. What is typed under a name that no
    question has is not read.
    """
    answered = [(one, check_text(typed.get(one.name, ""), one.name, longest_of(one))) for one in questions]
    for question, text in answered:
        if question.is_required and not text:
            raise Invalid("Répondez à cette question.", field=question.name)
    return [[question.label, _shown(question, text)] for question, text in answered if text]


def check_text(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """Without the spaces around it. Nothing is cut: what is too long is refused, and stays where it was typed."""
    if "\0" in text:
        raise Invalid(field=field)
    text = text.replace("\r\n", "\n").strip()
    if len(text) > longest:
        written, most = quantity(Decimal(len(text))), quantity(Decimal(longest))
        raise Invalid(
            f"Votre texte compte {written} caractères, pour {most} au plus : raccourcissez-le, ou envoyez-le en "
            "plusieurs fois.",
            field=field,
        )
    return text


def longest_of(question: Question) -> int:
    return LONGEST_TEXT if question.kind is AnswerKind.LONG_TEXT else LONGEST_LINE


def _shown(question: Question, text: str) -> str:
    if question.kind is AnswerKind.DATE:
        return day(_day(text, question.name))
    if question.kind is AnswerKind.NUMBER and not _NUMBER.fullmatch("".join(text.split())):
        raise Invalid("Indiquez un nombre, comme 1284.", field=question.name)
    if question.kind is AnswerKind.CHOICE and text not in question.choices:
        raise Invalid("Choisissez une des réponses proposées.", field=question.name)
    if question.kind is AnswerKind.YES_NO:
        return _yes_or_no(text, question.name)
    return text


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Invalid("Indiquez une date, comme 21/07/2017.", field=field) from wrong


def _yes_or_no(text: str, field: str) -> str:
    if text not in _YES_NO:
        raise Invalid("Répondez par oui ou par non.", field=field)
    return _YES_NO[text]
