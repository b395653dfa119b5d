"""A kind of request ("type de demande"): what it asks, who handles it, what the subscriber is told. Data, not code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from pydantic import computed_field
from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice


class AnswerKind(StrEnum):
    TEXT = "texte"
    LONG_TEXT = "texte_long"
    DATE = "date"
    NUMBER = "nombre"
    CHOICE = "choix"
    YES_NO = "oui_non"


class RequestKind(StrEnum):
    """Where a request comes from: a guided form, the contact page, or a change of personal data."""

    FORM = "formulaire"
    MESSAGE = "message"
    PERSONAL_DATA = "donnees_personnelles"


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form. `name` is what the form sends it as; `choices` are those of a choice."""

    name: str
    label: str
    kind: AnswerKind = AnswerKind.TEXT
    hint: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()

    @classmethod
    def declared(cls, declared: dict[str, Any]) -> Self:
        """From the JSON of `RequestType.declared_questions`; what it leaves out is usual."""
        return cls(
            name=declared["name"],
            label=declared["label"],
            kind=AnswerKind(declared.get("kind", AnswerKind.TEXT)),
            hint=declared.get("hint", ""),
            is_required=declared.get("is_required", True),
            choices=tuple(declared.get("choices", ())),
        )


class RequestType(Entity, table=True):
    """Each utility has its own, beginning with those that migration 0008 gives to a new utility."""

    __tablename__ = "request_type"
    __table_args__ = (UniqueConstraint("utility_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    code: str = Field(max_length=40, description="As the URL names it: `fuite`.")
    kind: RequestKind = choice(RequestKind, default=RequestKind.FORM)
    name: str = Field(max_length=120)
    guidance: str = Field(default="", description="What the subscriber reads before writing.")
    acknowledgement: str = Field(default="", description="What the subscriber is told once it is sent.")
    handler_id: int | None = Field(default=None, foreign_key="account.id", description="Who is given new ones.")
    due_days: int = Field(default=10, description="Days for an answer, from the day it is sent.")
    position: int = 0
    is_active: bool = True
    declared_questions: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False), exclude=True
    )

    @computed_field
    @property
    def question_count(self) -> int:
        return len(self.declared_questions)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(map(Question.declared, self.declared_questions))
