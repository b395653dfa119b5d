"""The fields of a new kind of data, as they are said on the command line: `plate:texte:Immatriculation`."""

import keyword
import re
from typing import NamedTuple

from portail_app.scaffolding.noun import are_words

OUR_OWN = frozenset({"id", "utility_id", "subscriber_id", "metadata", "registry"})


class Kind(NamedTuple):
    """How one kind of field is declared, migrated, shown (`{}` is its Var), and filled by the test."""

    annotation: str
    column: str
    shown: str
    sample: str
    name: str
    is_number: bool = False


KINDS = {
    "texte": Kind("str", "sa.String()", "{}", '"un exemple"', r"[a-z]\w*"),
    "date": Kind("date", "sa.Date()", "day({})", "date(2026, 1, 31)", r"[a-z]\w*_on"),
    "euros": Kind("int", "sa.Integer()", "euros({})", "24311", r"[a-z]\w*_cents", is_number=True),
    "nombre": Kind("int", "sa.Integer()", "{}", "3", r"[a-z]\w*", is_number=True),
}


class NotAField(ValueError):
    """The words are no field; says why, in French."""


class Field(NamedTuple):
    """`name` is the entity's and the column's; `label` is what people read."""

    name: str
    kind: Kind
    label: str


def read_fields(words: tuple[str, ...]) -> tuple[Field, ...]:
    """The first one tells one row from another, so it is a text."""
    fields = tuple(_read_field(word) for word in words)
    names = [field.name for field in fields]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise NotAField(f"Deux champs s’appellent {' et '.join(sorted(doubled))}.")
    if not fields or fields[0].kind is not KINDS["texte"]:
        raise NotAField("Le premier champ distingue les lignes les unes des autres : c’est un texte.")
    return fields


def _read_field(word: str) -> Field:
    name, _, more = word.partition(":")
    kind, _, label = more.partition(":")
    if kind not in KINDS or not are_words(label):
        raise NotAField(f"« {word} » n’est pas un champ : écrivez nom:{'|'.join(KINDS)}:Libellé.")
    if not _can_be_called(name, KINDS[kind]):
        ending = {"date": " (une date finit par _on)", "euros": " (un montant finit par _cents)"}.get(kind, "")
        raise NotAField(f"Un champ ne peut pas s’appeler « {name} »{ending}.")
    return Field(name, KINDS[kind], label.strip())


def _can_be_called(name: str, kind: Kind) -> bool:
    """What begins with `model_` is pydantic's."""
    is_free = name not in OUR_OWN and not keyword.iskeyword(name) and not name.startswith("model_")
    return is_free and name.isascii() and re.fullmatch(kind.name, name) is not None
