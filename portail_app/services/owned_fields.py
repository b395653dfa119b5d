"""The columns of a subscriber that billing writes, and what a value of each must look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models import ProposedChange, Subscriber
from portail_app.errors import Invalid
from portail_app.services.request_sendings import Change

ACCOUNT = "account"
"""The field of a change that asks for the account itself to be deleted (services/deletions.py)."""


@dataclass(frozen=True, slots=True)
class OwnedField:
    """A column of the subscriber that billing writes. `shape` is what a value must look like, empty for any words."""

    name: str
    label: str
    longest: int = 120
    is_required: bool = True
    shape: str = ""
    advice: str = ""


OWNED = (
    OwnedField("name", "Nom"),
    OwnedField("address", "Adresse"),
    OwnedField("postal_code", "Code postal", 10, shape=r"[0-9A-Za-z -]{4,10}", advice="Exemple : 59900."),
    OwnedField("city", "Ville", 80),
    OwnedField(
        "phone", "Téléphone", 20, is_required=False, shape=r"\+?[0-9 .()-]{6,20}", advice="Exemple : 06 12 34 56 78."
    ),
)


def changes_of(subscriber: Subscriber, typed: Mapping[str, str]) -> tuple[Change, ...]:
    """Of the fields that were typed, those that differ. Raises Invalid at one that cannot be."""
    changes = []
    for field in OWNED:
        former = str(getattr(subscriber, field.name) or "")
        proposed = " ".join(typed.get(field.name, former).split())
        if proposed != former:
            _check(field, proposed)
            changes.append(Change(field.name, field.label, former, proposed))
    return tuple(changes)


def current_value(subscriber: Subscriber, change: ProposedChange) -> str:
    return str(getattr(subscriber, change.field, change.former) or "")


def _check(field: OwnedField, proposed: str) -> None:
    if field.is_required and not proposed:
        raise Invalid("Remplissez ce champ, ou laissez ce qui y était.", field=field.name)
    if len(proposed) > field.longest:
        raise Invalid(f"Pas plus de {field.longest} caractères.", field=field.name)
    if proposed and field.shape and not re.fullmatch(field.shape, proposed):
        raise Invalid(f"Ce n’est pas possible ici. {field.advice}", field=field.name)
